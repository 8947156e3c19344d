package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// `GET /v1/stream`: server-sent events.
final class StreamApi implements AutoCloseable {
  static final String EVENT_STREAM = "text/event-stream";

  private static final long CLOSE_POLL_MILLIS = 5;

  /// What the stream may take.
  ///
  /// @param tailSizeBytes of the newest events; a reader further behind than these is closed
  /// @param stuck a write without progress for so long closes the connection
  /// @param closing how long readers have for their last words when the server stops
  record Limits(
      int readersMax, long tailSizeBytes, Duration heartbeat, Duration stuck, Duration closing) {
    static final Limits USUAL =
        new Limits(
            4_096,
            16L * 1024 * 1024,
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofMillis(200));
  }

  private final Sennit sennit;
  private final Limits limits;
  private final LiveTail tail;
  private final Thread watch =
      Thread.ofVirtual().name("sennit-stream-watch").unstarted(this::watch);
  private volatile boolean closed;

  StreamApi(Sennit sennit, Limits limits) {
    this.sennit = sennit;
    this.limits = limits;
    this.tail = new LiveTail(sennit, limits.tailSizeBytes);
    watch.start();
  }

  /// How many are being served.
  int readers() {
    return tail.size();
  }

  void stream(ServerRequest request, ServerResponse response) {
    var begin = begin(request);
    if (closed || tail.size() >= limits.readersMax) {
      throw new Problem(
          ProblemType.TOO_MANY_READERS,
          "%,d streams are open: close some, or read /v1/events in turns"
              .formatted(limits.readersMax));
    }
    response.header(HeaderNames.CONTENT_TYPE, EVENT_STREAM);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    try (var out = response.outputStream()) {
      var reader = new StreamReader(sennit, tail, begin, out, limits.heartbeat.toNanos());
      tail.enter(reader);
      try {
        if (closed) {
          reader.stop();
        }
        reader.serve();
      } finally {
        tail.leave(reader);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the reader of a stream is gone", e);
    }
  }

  private Cursor begin(ServerRequest request) {
    var seen = request.headers().values(HeaderNames.create("Last-Event-ID"));
    if (!seen.isEmpty()) {
      return Cursor.read(sennit, "Last-Event-ID", seen.getLast());
    }
    var from = request.query().first("from").orElse("now");
    return switch (from) {
      case "start" -> Cursor.START;
      case "now" -> Cursor.at(sennit, sennit.count());
      default ->
          throw new Problem(ProblemType.INVALID_REQUEST, "from is start or now, not " + from);
    };
  }

  private void watch() {
    try {
      while (!closed) {
        Thread.sleep(limits.stuck.dividedBy(4));
        tail.readers().forEach(reader -> reader.cutWhenStuck(limits.stuck.toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }

  /// Ends every stream with its position; cuts those that do not take it.
  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    tail.readers().forEach(StreamReader::stop);
    try {
      long endNanos = System.nanoTime() + limits.closing.toNanos();
      while (tail.size() > 0 && System.nanoTime() < endNanos) {
        Thread.sleep(CLOSE_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tail.readers().forEach(reader -> reader.cutWhenStuck(0));
  }
}
