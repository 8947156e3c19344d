package io.sennit.app.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// `POST /v1/peers` and `DELETE /v1/peers/{address}`.
final class PeersApi {
  private static final int SIZE_BYTES_MAX = 64 * 1024;

  private final Door door;
  private final BodyWatch watch;

  PeersApi(Door door, BodyWatch watch) {
    this.door = door;
    this.watch = watch;
  }

  void connect(ServerRequest request, ServerResponse response) {
    var type = Body.mediaType(request);
    if (!type.equals(Api.JSON)) {
      throw Body.wrongType(type, Api.JSON);
    }
    var address =
        address(
            new String(
                new Body(request, response, watch).read(SIZE_BYTES_MAX), StandardCharsets.UTF_8));
    door.connect(address);
    answer(response, Status.ACCEPTED_202, address);
  }

  private static String address(String body) {
    try {
      if (Json.read(body).get("address") instanceof String address) {
        return address;
      }
    } catch (JacksonException e) {
      throw new Problem(
          ProblemType.INVALID_REQUEST, "the body is no JSON: send {\"address\":\"HOST:PORT\"}");
    }
    throw new Problem(
        ProblemType.INVALID_REQUEST, "the body names no address: send {\"address\":\"HOST:PORT\"}");
  }

  void disconnect(ServerRequest request, ServerResponse response) {
    var address = request.path().pathParameters().get("address");
    if (!door.disconnect(address)) {
      throw new Problem(
          ProblemType.NOT_FOUND, "no peer is known at " + address + ": GET /v1/status names them");
    }
    answer(response, Status.OK_200, address);
  }

  private static void answer(ServerResponse response, Status status, String address) {
    Api.answer(response, status, Api.JSON, Json.text(Map.of("address", address)));
  }
}
