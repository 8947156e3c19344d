package io.sennit.app.http;

import io.helidon.http.Status;
import io.sennit.app.door.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer that is an error: a problem document (RFC 9457) whose detail says what to do.
final class Problem extends RuntimeException {
  static final String MEDIA_TYPE = "application/problem+json";

  /// What a detail repeats of a request is cut to this length.
  private static final int DETAIL_LENGTH_MAX = 600;

  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /// Members beside those of the RFC.
  private final transient Map<String, Object> more = new LinkedHashMap<>();

  /// @param detail what to do
  Problem(ProblemType type, String detail) {
    super(detail, null, false, false);
    this.type = type;
  }

  /// With one more member.
  Problem with(String name, Object value) {
    more.put(name, value);
    return this;
  }

  Status status() {
    return Status.create(type.status());
  }

  byte[] document() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", ProblemType.PAGES + type.page());
    members.put("title", type.title());
    members.put("status", type.status());
    members.put("detail", shortened(String.valueOf(getMessage())));
    members.putAll(more);
    return Json.text(members).getBytes(StandardCharsets.UTF_8);
  }

  private static String shortened(String detail) {
    if (detail.length() <= DETAIL_LENGTH_MAX) {
      return detail;
    }
    int end = Character.isHighSurrogate(detail.charAt(DETAIL_LENGTH_MAX - 1)) ? 1 : 0;
    return detail.substring(0, DETAIL_LENGTH_MAX - end) + "…";
  }
}
