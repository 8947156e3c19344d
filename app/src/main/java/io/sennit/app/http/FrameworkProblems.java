package io.sennit.app.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/// What the server answers before a request reaches us, or when it cannot.
final class FrameworkProblems {
  private FrameworkProblems() {}

  static DirectHandlers handlers(Metrics metrics) {
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (_, event, status, headers, message) -> {
            metrics.answered(status.code());
            return answer(event, status, headers, message);
          });
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse answer(
      DirectHandler.EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    var type = type(status);
    var problem = new Problem(type, detail(type, status, message));
    headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(event.keepAlive())
        .entity(problem.document())
        .build();
  }

  private static ProblemType type(Status status) {
    return status.code() == Status.BAD_REQUEST_400.code()
        ? ProblemType.MALFORMED_HTTP
        : ProblemType.of(status.code());
  }

  private static String detail(ProblemType type, Status status, @Nullable String message) {
    var said = message == null || message.contains("see server log") ? "" : " (" + message + ")";
    return switch (type) {
      case MALFORMED_HTTP ->
          "this is no proper HTTP/1.1 request"
              + said
              + ": check its request line, its Host, its framing, and that its headers have at most"
              + " 16 KiB";
      case TOO_LARGE -> "the request is too large: send it in parts";
      case URI_TOO_LONG -> "the request line has more than 4 KiB: ask for less at once";
      case HTTP_VERSION -> "HTTP/1.1 is spoken here: use it";
      case NOT_FOUND -> Api.NOTHING_HERE;
      case FAILED -> Api.OUR_FAULT;
      default -> status.reasonPhrase() + said + ": see docs/http-api.md";
    };
  }
}
