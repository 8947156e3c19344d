package io.sennit.app.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Desk;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventReader;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import io.sennit.node.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `POST /v1/events`: one object, several objects, or whole events from elsewhere.
final class WritingApi {
  /// Bytes of one object as it is sent; spaces and escapes may make it larger than its event.
  static final int OBJECT_SIZE_BYTES_MAX = 1024 * 1024;

  static final int LINES_SIZE_BYTES_MAX = 32 * 1024 * 1024;
  static final int LINES_MAX = 10_000;

  private static final int EVENT_SIZE_BYTES_USUAL = 512;

  private static final String WHOLE_EVENTS = "application/vnd.sennit.events+jsonl";

  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

  private final Desk door;
  private final Metrics metrics;
  private final BodyWatch watch;

  WritingApi(Desk door, Metrics metrics, BodyWatch watch) {
    this.door = door;
    this.metrics = metrics;
    this.watch = watch;
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
    var object = new Body(request, response, watch).read(OBJECT_SIZE_BYTES_MAX);
    var draft = draft(object, 0);
    var event = append(request, List.of(object), List.of(draft)).getFirst().event();
    response.header(HeaderNames.LOCATION, "/v1/events/" + event.id());
    Api.answer(response, Status.CREATED_201, Api.JSON, event.toJson());
  }

  private void several(ServerRequest request, ServerResponse response) {
    var objects = new ArrayList<byte[]>();
    var drafts = new ArrayList<Draft>();
    forEachLine(
        request,
        response,
        (number, line) -> {
          objects.add(line);
          drafts.add(draft(line, number));
        });
    answer(response, append(request, objects, drafts).stream().map(Entry::event).toList());
  }

  private List<Entry> append(ServerRequest request, List<byte[]> objects, List<Draft> drafts) {
    var keys = request.headers().values(IDEMPOTENCY_KEY);
    if (keys.size() > 1) {
      throw new Problem(
          ProblemType.INVALID_REQUEST, "several Idempotency-Keys: give a request one");
    }
    long begin = System.nanoTime();
    var entries =
        keys.isEmpty()
            ? door.appendDrafts(drafts)
            : door.entriesOnce(keys.getFirst(), objects.stream().map(WritingApi::text).toList());
    metrics.appended(System.nanoTime() - begin);
    return entries;
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static void answer(ServerResponse response, List<Event> events) {
    var lines = new ByteArrayOutputStream(events.size() * EVENT_SIZE_BYTES_USUAL);
    for (var event : events) {
      lines.writeBytes(event.toJson());
      lines.write('\n');
    }
    Api.answer(response, Status.CREATED_201, Api.JSON_LINES, lines.toByteArray());
  }

  private void whole(ServerRequest request, ServerResponse response) {
    var events = new ArrayList<Event>();
    forEachLine(
        request,
        response,
        (number, line) -> {
          switch (EventReader.readWhole(line)) {
            case EventReader.Reading.Read(var event) -> events.add(event);
            case EventReader.Reading.Refused(var rejection) -> throw refused(rejection, number);
          }
        });
    door.offer(events);
    answer(response, events);
  }

  private void forEachLine(ServerRequest request, ServerResponse response, Lines.Taker taker) {
    var taken = new int[1];
    Lines.forEach(
        new Body(request, response, watch).read(LINES_SIZE_BYTES_MAX),
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

  /// @param number of its line, or 0 when it is alone
  private Draft draft(byte[] json, int number) {
    return switch (door.sennit().draft(json)) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var rejection) -> throw refused(rejection, number);
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
