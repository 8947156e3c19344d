package io.sennit.app.http;

import io.sennit.app.door.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal as a problem document (RFC 9457).
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final String MEDIA_TYPE = "application/problem+json";

  private final int status;

  /// @param detail what to do
  Problem(int status, String detail) {
    super(detail);
    this.status = status;
  }

  int status() {
    return status;
  }

  String document() {
    return document(status, String.valueOf(getMessage()));
  }

  static String document(int status, String detail) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title(status));
    members.put("status", status);
    members.put("detail", detail);
    return Json.text(members);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Content too large";
      case 415 -> "Unsupported media type";
      case 503 -> "Not now";
      default -> status < 500 ? "Refused" : "Failed";
    };
  }
}
