package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The routes: a path, and what may be done there.
final class Api {
  static final String NOTHING_HERE = "nothing is here: docs/http-api.md names all that is";
  static final String OUR_FAULT =
      "the daemon failed: its log says why; try again, and report it when it stays so";
  static final String JSON = "application/json";
  static final String JSON_LINES = "application/x-ndjson";

  private static final Logger LOG = System.getLogger(Api.class.getName());

  private final Desk desk;
  private final Guard guard;
  private final StreamApi streams;
  private final Metrics metrics;
  private final BodyWatch watch;

  Api(Desk desk, Guard guard, StreamApi streams, Metrics metrics, BodyWatch watch) {
    this.desk = desk;
    this.guard = guard;
    this.streams = streams;
    this.metrics = metrics;
    this.watch = watch;
  }

  /// Adds every route.
  void route(HttpRouting.Builder routing) {
    var writing = new WritingApi(desk, metrics, watch);
    var reading = new ReadingApi(desk);
    var peers = new PeersApi(desk, watch);
    var health = new HealthApi(desk);
    var pages = new PagesApi();
    routing.addFilter((chain, request, response) -> {
      try {
        chain.proceed();
      } finally {
        metrics.answered(response.status().code());
      }
      if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
        Body.skip(request);
        throw new CloseConnectionException("the rest of the request was not read");
      }
    });
    routing.addFilter((chain, request, _) -> {
      guard.check(request);
      chain.proceed();
    });
    route(routing, "/v1/events", Map.of(Method.POST, writing::post, Method.GET, reading::list));
    route(routing, "/v1/events/{uuid}", Map.of(Method.GET, reading::one));
    route(routing, "/v1/stream", Map.of(Method.GET, streams::stream));
    route(routing, "/v1/status", Map.of(Method.GET, health::status));
    route(routing, "/v1/peers", Map.of(Method.POST, peers::connect));
    route(routing, "/v1/peers/{address}", Map.of(Method.DELETE, peers::disconnect));
    route(routing, "/v1/openapi.yaml", Map.of(Method.GET, pages::openApi));
    route(routing, ProblemType.PAGES + "{name}", Map.of(Method.GET, pages::problem));
    route(routing, "/metrics", Map.of(Method.GET, metrics::metrics));
    route(routing, "/livez", Map.of(Method.GET, health::live));
    route(routing, "/readyz", Map.of(Method.GET, health::ready));
    routing.any((_, _) -> {
      throw new Problem(ProblemType.NOT_FOUND, NOTHING_HERE);
    });
    routing.error(Problem.class, Api::answer);
    routing.error(Door.RefusedException.class, Api::refused);
    routing.error(RuntimeException.class, Api::failed);
  }

  private static void route(
      HttpRouting.Builder routing, String path, Map<Method, Handler> methods) {
    var allowed = new TreeMap<String, Handler>();
    methods.forEach((method, handler) -> allowed.put(method.text(), handler));
    routing.any(
        path,
        (request, response) -> {
          var handler = allowed.get(request.prologue().method().text());
          if (handler == null) {
            var allow = String.join(", ", allowed.keySet());
            response.header(HeaderNames.ALLOW, allow);
            throw new Problem(
                ProblemType.METHOD_NOT_ALLOWED, "this method does nothing here: use " + allow);
          }
          handler.handle(request, response);
        });
  }

  private static void refused(
      ServerRequest request, ServerResponse response, Door.RefusedException refused) {
    var type = ProblemType.of(refused.status());
    answer(request, response, new Problem(type, String.valueOf(refused.getMessage())));
  }

  private static void failed(ServerRequest request, ServerResponse response, RuntimeException e) {
    LOG.log(Level.ERROR, request.prologue().method().text() + " " + request.path().rawPath(), e);
    answer(request, response, new Problem(ProblemType.FAILED, OUR_FAULT));
  }

  static void answer(ServerRequest request, ServerResponse response, Problem problem) {
    if (!Body.isRead(request)) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.status(problem.status()).send(problem.document());
  }

  static void answer(ServerResponse response, Status status, String type, String body) {
    answer(response, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static void answer(ServerResponse response, Status status, String type, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.status(status).send(body);
  }
}
