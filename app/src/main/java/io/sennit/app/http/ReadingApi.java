package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Desk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// `GET /v1/events` and `GET /v1/events/{uuid}`.
final class ReadingApi {
  /// Events of one listing, unless fewer are asked for.
  private static final int LIMIT_MAX = 100_000;

  private static final int CHUNK_SIZE_BYTES = 64 * 1024;

  private final Desk door;

  ReadingApi(Desk door) {
    this.door = door;
  }

  void one(ServerRequest request, ServerResponse response) {
    var prefix = request.path().pathParameters().get("uuid");
    var line =
        door.find(prefix)
            .orElseThrow(() ->
                new Problem(
                    ProblemType.NOT_FOUND,
                    "no event here has a uuid that begins with " + prefix + ", or not yet"));
    Api.answer(response, Status.OK_200, Api.JSON, line.event());
  }

  void list(ServerRequest request, ServerResponse response) {
    var query = request.query();
    int limit =
        (int) Math.min(LIMIT_MAX, number("limit", query.first("limit").orElse("" + LIMIT_MAX)));
    var order = query.first("order").orElse("position");
    switch (order) {
      case "position" ->
          byPosition(
              Cursor.read(door.sennit(), "after", query.first("after").orElse("0")).position(),
              limit,
              response);
      case "height" -> byHeight(limit, response);
      default ->
          throw new Problem(
              ProblemType.INVALID_REQUEST, "order is position or height, not " + order);
    }
  }

  private void byPosition(long after, int limit, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, Api.JSON_LINES);
    try (var out = new BufferedOutputStream(response.outputStream(), CHUNK_SIZE_BYTES)) {
      var left = new int[] {limit};
      door.read(
          after,
          line -> {
            if (left[0] == 0) {
              return false;
            }
            write(out, "position", line.position(), line.event());
            return --left[0] > 0;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void byHeight(int limit, ServerResponse response) {
    var top = door.top(limit);
    response.header(HeaderNames.CONTENT_TYPE, Api.JSON_LINES);
    try (var out = new BufferedOutputStream(response.outputStream(), CHUNK_SIZE_BYTES)) {
      top.forEach(line -> write(out, "height", line.height(), line.event()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(OutputStream out, String name, long number, String event) {
    try {
      var line = "{\"" + name + "\":" + number + ",\"event\":" + event + "}\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(String name, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new Problem(
          ProblemType.INVALID_REQUEST, name + " is a whole number from 0, not " + text);
    }
    return Long.parseLong(text);
  }
}
