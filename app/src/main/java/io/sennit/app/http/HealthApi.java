package io.sennit.app.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import java.util.Map;
import java.util.Set;

/// `GET /v1/status`, `/livez` and `/readyz`.
final class HealthApi {
  /// Modes in which applications can write.
  private static final Set<String> READY = Set.of("active", "catching-up");

  private final Door door;

  HealthApi(Door door) {
    this.door = door;
  }

  void status(ServerRequest request, ServerResponse response) {
    Api.answer(response, Status.OK_200, Api.JSON, door.status());
  }

  /// The process answers.
  void live(ServerRequest request, ServerResponse response) {
    Api.answer(response, Status.OK_200, Api.JSON, Json.text(Map.of("status", "ok")));
  }

  /// The machine takes events.
  void ready(ServerRequest request, ServerResponse response) {
    var status = Json.read(door.status());
    var mode = Json.string(status, "mode");
    if (!READY.contains(mode)) {
      var why = Json.string(status, "why");
      throw new Problem(
          ProblemType.NOT_NOW,
          "this machine is "
              + mode
              + " and takes no events: "
              + (why.isEmpty() ? "see /v1/status" : why));
    }
    Api.answer(response, Status.OK_200, Api.JSON, Json.text(Map.of("status", "ok")));
  }
}
