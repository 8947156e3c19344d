package io.sennit.app.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventReader;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `POST /v1/events`: one object, several objects, or whole events from elsewhere.
final class WritingApi {
  /// Bytes of one object as it is sent; spaces and escapes may make it larger than its event.
  static final int OBJECT_SIZE_BYTES_MAX = 1024 * 1024;

  static final int LINES_SIZE_BYTES_MAX = 32 * 1024 * 1024;
  static final int LINES_MAX = 10_000;

  private static final String WHOLE_EVENTS = "application/vnd.sennit.events+jsonl";

  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

  private final Desk door;
  private final Duration patience;

  WritingApi(Desk door, Duration patience) {
    this.door = door;
    this.patience = patience;
  }

  void post(ServerRequest request, ServerResponse response) {
    var type = Body.mediaType(request);
    switch (type) {
      case Api.JSON -> one(request, response);
      case Api.JSON_LINES -> several(request, response);
      case WHOLE_EVENTS -> whole(request, response);
      default ->
          throw Body.wrongType(
              type,
              "application/json for one object, application/x-ndjson for one on each line, "
                  + WHOLE_EVENTS
                  + " for whole events");
    }
  }

  private void one(ServerRequest request, ServerResponse response) {
    var object = checked(new Body(request, patience).read(OBJECT_SIZE_BYTES_MAX), 0);
    var event = append(request, List.of(object)).getFirst().event();
    response.header(HeaderNames.LOCATION, "/v1/events/" + Json.string(Json.read(event), "uuid"));
    Api.answer(response, Status.CREATED_201, Api.JSON, event);
  }

  private void several(ServerRequest request, ServerResponse response) {
    var objects = new ArrayList<String>();
    forEachLine(request, (number, line) -> objects.add(checked(line, number)));
    var lines = new StringBuilder();
    append(request, objects).forEach(line -> lines.append(line.event()).append('\n'));
    Api.answer(response, Status.CREATED_201, Api.JSON_LINES, lines.toString());
  }

  private List<Door.Line> append(ServerRequest request, List<String> objects) {
    var keys = request.headers().values(IDEMPOTENCY_KEY);
    if (keys.size() > 1) {
      throw new Problem(
          ProblemType.INVALID_REQUEST, "several Idempotency-Keys: give a request one");
    }
    return keys.isEmpty() ? door.append(objects) : door.appendOnce(keys.getFirst(), objects);
  }

  private void whole(ServerRequest request, ServerResponse response) {
    var events = new ArrayList<Event>();
    forEachLine(
        request,
        (number, line) -> {
          switch (EventReader.readWhole(line)) {
            case EventReader.Reading.Read(var event) -> events.add(event);
            case EventReader.Reading.Refused(var rejection) -> throw refused(rejection, number);
          }
        });
    door.offer(events);
    var lines = new StringBuilder();
    events.forEach(event -> lines.append(event).append('\n'));
    Api.answer(response, Status.CREATED_201, Api.JSON_LINES, lines.toString());
  }

  private void forEachLine(ServerRequest request, Lines.Taker taker) {
    var taken = new int[1];
    Lines.forEach(
        new Body(request, patience).read(LINES_SIZE_BYTES_MAX),
        (number, line) -> {
          if (++taken[0] > LINES_MAX) {
            throw new Problem(
                ProblemType.TOO_LARGE,
                "more than %,d lines: send them in parts".formatted(LINES_MAX));
          }
          taker.take(number, line);
        });
    if (taken[0] == 0) {
      throw new Problem(
          ProblemType.INVALID_EVENT, "the body is empty: send one JSON object on each line");
    }
  }

  /// The object as text, when it can become an event.
  ///
  /// @param number of its line, or 0 when it is alone
  private static String checked(byte[] json, int number) {
    return switch (Draft.of(json, "")) {
      case Draft.Drafting.Refused(var rejection) -> throw refused(rejection, number);
      case Draft.Drafting.Drafted _ -> new String(json, StandardCharsets.UTF_8);
    };
  }

  private static Problem refused(Rejection rejection, int number) {
    var type =
        rejection.reason() == Reason.TOO_LARGE ? ProblemType.TOO_LARGE : ProblemType.INVALID_EVENT;
    var where = number == 0 ? "" : "line " + number + ": ";
    var problem =
        new Problem(type, where + rejection.detail()).with("reason", rejection.reason().name());
    return number == 0 ? problem : problem.with("line", number);
  }
}
