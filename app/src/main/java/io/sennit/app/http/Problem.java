package io.sennit.app.http;

import io.helidon.http.Status;
import io.sennit.app.door.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer that is an error: a problem document (RFC 9457) whose detail says what to do.
final class Problem extends RuntimeException {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;

  private final int status;

  /// Members beside those of the RFC.
  private final transient Map<String, Object> more = new LinkedHashMap<>();

  /// @param detail what to do
  Problem(int status, String detail) {
    super(detail);
    this.status = status;
  }

  /// With one more member.
  Problem with(String name, Object value) {
    more.put(name, value);
    return this;
  }

  Status status() {
    return Status.create(status);
  }

  byte[] document() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "about:blank");
    members.put("title", status().reasonPhrase());
    members.put("status", status);
    members.put("detail", String.valueOf(getMessage()));
    members.putAll(more);
    return Json.text(members).getBytes(StandardCharsets.UTF_8);
  }
}
