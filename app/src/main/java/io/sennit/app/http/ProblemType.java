package io.sennit.app.http;

import java.util.Locale;

/// The kinds of problems the API answers. Each has a page in `docs/errors`, which the daemon also
/// serves where the problem's `type` points.
enum ProblemType {
  /// A query, a path, a header or a body that breaks a rule.
  INVALID_REQUEST(400, "The request breaks a rule"),
  /// An object that cannot become an event, or is none.
  INVALID_EVENT(400, "This cannot be an event"),
  /// Bytes that are no HTTP/1.1.
  MALFORMED_HTTP(400, "This is no proper HTTP request"),
  /// Another host name than a loopback one.
  FOREIGN_HOST(403, "Asked under another name"),
  /// A web page of somebody else.
  FOREIGN_ORIGIN(403, "Asked by a page of another origin"),
  /// Nothing stands at this path, or no event has this uuid.
  NOT_FOUND(404, "Not here"),
  /// The path is right, the method is not.
  METHOD_NOT_ALLOWED(405, "Not with this method"),
  /// The body did not come in time.
  BODY_TOO_SLOW(408, "The body did not arrive in time"),
  /// Several uuids begin so, or the machine refuses as things stand.
  REFUSED(409, "Refused as things stand"),
  /// The reader's position holds another event.
  CURSOR_GONE(410, "This position holds another event"),
  /// More bytes or lines than a request may have.
  TOO_LARGE(413, "Too large"),
  /// More bytes than a request line may have.
  URI_TOO_LONG(414, "The request line is too long"),
  /// A media type, a character set or an encoding that is not taken.
  UNSUPPORTED_MEDIA_TYPE(415, "Not in this form"),
  /// The Idempotency-Key belongs to another request.
  KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
  /// It failed, and nobody knows what was stored.
  FAILED(500, "The daemon failed"),
  /// The machine takes no events now.
  NOT_NOW(503, "Not now"),
  /// As many streams are open as may be.
  TOO_MANY_READERS(503, "Too many streams"),
  /// Another version of HTTP.
  HTTP_VERSION(505, "HTTP/1.1 is spoken here"),
  /// The disk has no room.
  DISK_FULL(507, "The disk is full");

  /// Where the pages are served.
  static final String PAGES = "/v1/errors/";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  /// The same for every problem of this kind.
  String title() {
    return title;
  }

  /// The name of its page.
  String page() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind that a status stands for, where nothing more is known.
  static ProblemType of(int status) {
    return switch (status) {
      case 403 -> FOREIGN_HOST;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 408 -> BODY_TOO_SLOW;
      case 409 -> REFUSED;
      case 410 -> CURSOR_GONE;
      case 413 -> TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 422 -> KEY_REUSED;
      case 503 -> NOT_NOW;
      case 505 -> HTTP_VERSION;
      case 507 -> DISK_FULL;
      default -> status < 500 ? INVALID_REQUEST : FAILED;
    };
  }
}
