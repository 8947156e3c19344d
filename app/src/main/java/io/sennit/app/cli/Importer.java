package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Sorts lines into objects to append and whole events to offer, and hands them over in chunks,
/// several on their way at once.
final class Importer {
  private static final int CHUNK_LINES = 2_000;
  private static final int CHUNK_SIZE_BYTES = 4 * 1024 * 1024;
  private static final int CHUNKS_MAX = 4;

  /// Lines that were handed over and are not durable yet.
  private record Chunk(long first, long last, int lines, CompletableFuture<Void> done) {}

  private final Door door;
  private final Consumer<String> complaints;
  private final Queue<Chunk> underWay = new ArrayDeque<>();

  private List<String> objects = new ArrayList<>();
  private List<Event> events = new ArrayList<>();
  private boolean runIsOpen;
  private long firstLine;
  private long lastLine;
  private long sizeBytes;
  private long taken;
  private long bad;

  /// @param complaints is told what is wrong with a line
  Importer(Door door, Consumer<String> complaints) {
    this.door = door;
    this.complaints = complaints;
  }

  /// How many lines are durable.
  long taken() {
    return taken;
  }

  /// How many were refused.
  long bad() {
    return bad;
  }

  /// Takes every line; with `strict` those before the first bad one.
  void take(LineInput lines, boolean strict) throws IOException {
    for (var line = lines.next(); line != null; line = lines.next()) {
      var fault = isBlank(line) ? "" : sort(line, lines.number());
      if (!fault.isEmpty()) {
        bad++;
        complaints.accept("line " + lines.number() + ": " + fault);
        if (strict) {
          break;
        }
      }
    }
    send();
    while (!underWay.isEmpty()) {
      awaitFirst();
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /// Puts a line where it belongs; answers what is wrong with it, or nothing.
  private String sort(byte[] line, long number) {
    if (line.length == LineInput.LINE_SIZE_BYTES_MAX) {
      return "longer than any event: split it";
    }
    var text = new String(line, StandardCharsets.UTF_8);
    if (!text.contains("\"uuid\"")) {
      return object(line, text, number);
    }
    var trimmed = text.endsWith("\r") ? text.strip().getBytes(StandardCharsets.UTF_8) : line;
    return switch (EventReader.readWhole(trimmed)) {
      case EventReader.Reading.Read(var event) -> {
        event(event, line.length, number);
        yield "";
      }
      case EventReader.Reading.Refused(var rejection) ->
          object(line, text, number).isEmpty() ? "" : rejection.detail();
    };
  }

  private String object(byte[] line, String text, long number) {
    return switch (Draft.of(line, "")) {
      case Draft.Drafting.Refused(var rejection) -> rejection.detail();
      case Draft.Drafting.Drafted _ -> {
        if (!events.isEmpty()) {
          send();
        }
        objects.add(text);
        count(line.length, number);
        yield "";
      }
    };
  }

  private void event(Event event, int lineSizeBytes, long number) {
    if (!objects.isEmpty()) {
      send();
    }
    events.add(event);
    runIsOpen = !event.sealed();
    count(lineSizeBytes, number);
  }

  private void count(int lineSizeBytes, long number) {
    int lines = objects.size() + events.size();
    firstLine = lines == 1 ? number : firstLine;
    lastLine = number;
    sizeBytes += lineSizeBytes;
    boolean full = lines >= CHUNK_LINES || sizeBytes >= CHUNK_SIZE_BYTES;
    if (full && !runIsOpen) {
      send();
    }
  }

  private void send() {
    int lines = objects.size() + events.size();
    if (lines == 0) {
      return;
    }
    var done = events.isEmpty() ? door.appendSoon(objects) : door.offerSoon(events);
    underWay.add(new Chunk(firstLine, lastLine, lines, done));
    objects = new ArrayList<>();
    events = new ArrayList<>();
    sizeBytes = 0;
    runIsOpen = false;
    if (underWay.size() >= CHUNKS_MAX) {
      awaitFirst();
    }
  }

  private void awaitFirst() {
    var chunk = underWay.remove();
    try {
      chunk.done.join();
      taken += chunk.lines;
    } catch (CompletionException e) {
      throw new Door.RefusedException(
          400,
          "lines %d to %d: %s (%d before them are stored)"
              .formatted(chunk.first, chunk.last, Failures.sentence(e), taken));
    }
  }
}
