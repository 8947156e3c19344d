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

  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type, (_, event, status, headers, message) -> answer(event, status, headers, message));
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse answer(
      DirectHandler.EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    var problem = new Problem(status.code(), detail(event, status, message));
    headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(event.keepAlive())
        .entity(problem.document())
        .build();
  }

  private static String detail(
      DirectHandler.EventType event, Status status, @Nullable String message) {
    var said = message == null || message.isBlank() ? "" : " (" + message + ")";
    return switch (event) {
      case BAD_REQUEST -> "this is no proper HTTP request" + said + ": check how it is sent";
      case PAYLOAD_TOO_LARGE -> "the request is too large: send it in parts";
      case FORBIDDEN -> "this is not allowed" + said + ": see docs/http-api.md";
      case HTTP_VERSION_NOT_SUPPORTED -> "HTTP/1.1 is spoken here: use it";
      case INTERNAL_ERROR -> Api.OUR_FAULT;
      case OTHER ->
          status.code() == Status.NOT_FOUND_404.code()
              ? Api.NOTHING_HERE
              : status.reasonPhrase() + said + ": see docs/http-api.md";
    };
  }
}
