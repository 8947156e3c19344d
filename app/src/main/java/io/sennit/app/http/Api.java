package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
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

  private final Door door;
  private final Guard guard;

  Api(Door door, Guard guard) {
    this.door = door;
    this.guard = guard;
  }

  /// Adds every route.
  void route(HttpRouting.Builder routing) {
    var writing = new WritingApi(door);
    var reading = new ReadingApi(door);
    var peers = new PeersApi(door);
    var health = new HealthApi(door);
    routing.addFilter((chain, request, _) -> {
      guard.check(request);
      chain.proceed();
    });
    route(routing, "/v1/events", Map.of(Method.POST, writing::post, Method.GET, reading::list));
    route(routing, "/v1/events/{uuid}", Map.of(Method.GET, reading::one));
    route(routing, "/v1/status", Map.of(Method.GET, health::status));
    route(routing, "/v1/peers", Map.of(Method.POST, peers::connect));
    route(routing, "/v1/peers/{address}", Map.of(Method.DELETE, peers::disconnect));
    route(routing, "/livez", Map.of(Method.GET, health::live));
    route(routing, "/readyz", Map.of(Method.GET, health::ready));
    routing.any((_, _) -> {
      throw new Problem(404, NOTHING_HERE);
    });
    routing.error(Problem.class, (_, response, problem) -> answer(response, problem));
    routing.error(
        Door.RefusedException.class,
        (_, response, refused) ->
            answer(response, new Problem(refused.status(), String.valueOf(refused.getMessage()))));
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
            throw new Problem(405, "this method does nothing here: use " + allow);
          }
          handler.handle(request, response);
        });
  }

  private static void failed(ServerRequest request, ServerResponse response, RuntimeException e) {
    LOG.log(Level.ERROR, request.prologue().method().text() + " " + request.path().rawPath(), e);
    answer(response, new Problem(500, OUR_FAULT));
  }

  private static void answer(ServerResponse response, Problem problem) {
    response.header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.status(problem.status()).send(problem.document());
  }

  static void answer(ServerResponse response, Status status, String type, String body) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.status(status).send(body.getBytes(StandardCharsets.UTF_8));
  }
}
