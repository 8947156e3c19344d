package io.sennit.app.http;

import io.sennit.app.door.Json;
import io.sennit.node.Entry;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One reader of the stream, on the thread of its connection: what it missed comes from the store,
/// what is new from the tail.
///
/// It ends when the client hangs up; when it has been up to date and then fell so far behind that
/// the tail no longer holds what comes next; when a write makes no progress; when an event cannot
/// be read; and when the server stops. Unless the connection is stuck, its last words name its
/// position.
final class StreamReader {
  /// Bytes handed over at once, so that a stuck write holds little.
  private static final int WRITE_SIZE_BYTES_MAX = 16 * 1024;

  /// Why a stream ends while its client still listens.
  private enum Ending {
    BEHIND("behind", "events come faster than you read: go on from here"),
    STOPPING("stopping", "this machine stops: go on from here when it is back"),
    DAMAGED("damaged", "the next event cannot be read here: run 'sennit verify', or ask a peer");

    private final String name;
    private final String detail;

    Ending(String name, String detail) {
      this.name = name;
      this.detail = detail;
    }
  }

  private final Sennit sennit;
  private final LiveTail tail;
  private final OutputStream out;
  private final long heartbeatNanos;
  private final Thread thread = Thread.currentThread();
  private final Chunk.Builder missed = new Chunk.Builder();
  private final Cursor begin;
  private long position;
  private boolean live;
  private long quietSinceNanos = System.nanoTime();
  private volatile boolean waiting;
  private volatile boolean stopping;
  private volatile long writingSinceNanos;

  /// To be served by the thread that makes it.
  StreamReader(Sennit sennit, LiveTail tail, Cursor begin, OutputStream out, long heartbeatNanos) {
    this.sennit = sennit;
    this.tail = tail;
    this.begin = begin;
    this.position = begin.position();
    this.out = out;
    this.heartbeatNanos = heartbeatNanos;
  }

  /// Serves the reader until it ends.
  ///
  /// @throws IOException when the client is gone
  void serve() throws IOException {
    write("id: " + begin + "\nretry: 1000\n\n");
    say(untilItEnds());
  }

  private Ending untilItEnds() throws IOException {
    while (!stopping) {
      var chunk = tail.after(position);
      if (chunk != null) {
        write(chunk.bytes(), chunk.begin(position + 1));
        position = chunk.last();
        live = true;
      } else if (tail.isBehind(position)) {
        if (live) {
          return Ending.BEHIND;
        }
        if (!writeMissed()) {
          return Ending.DAMAGED;
        }
      } else if (tail.isBroken()) {
        return Ending.DAMAGED;
      } else {
        live = true;
        awaitMore();
      }
    }
    return Ending.STOPPING;
  }

  /// Writes some of what lies between the reader and the tail.
  private boolean writeMissed() throws IOException {
    boolean enough = false;
    for (long next = position + 1; !enough && tail.isBehind(next - 1); next++) {
      var entry = readable(next);
      if (entry == null) {
        break;
      }
      enough = missed.add(entry);
    }
    if (missed.isEmpty()) {
      return false;
    }
    var chunk = missed.build();
    write(chunk.bytes(), 0);
    position = chunk.last();
    return true;
  }

  private @Nullable Entry readable(long next) {
    try {
      return sennit.get(next).orElse(null);
    } catch (RuntimeException e) {
      System.getLogger(StreamReader.class.getName())
          .log(System.Logger.Level.ERROR, "a stream ends before position " + next, e);
      return null;
    }
  }

  private void awaitMore() throws IOException {
    waiting = true;
    long restNanos = heartbeatNanos - (System.nanoTime() - quietSinceNanos);
    if (!tail.isBeyond(position) && !stopping && restNanos > 0) {
      LockSupport.parkNanos(this, restNanos);
    }
    waiting = false;
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("the stream was cut");
    }
    if (!tail.isBeyond(position)
        && !stopping
        && System.nanoTime() - quietSinceNanos >= heartbeatNanos) {
      write(": nothing new\n\n");
    }
  }

  private void say(Ending ending) throws IOException {
    var words = new LinkedHashMap<String, Object>();
    words.put("position", position);
    words.put("detail", ending.detail);
    var cursor = position == begin.position() ? begin : Cursor.at(sennit, position);
    write("event: %s\nid: %s\ndata: %s\n\n".formatted(ending.name, cursor, Json.text(words)));
  }

  private void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  private void write(byte[] bytes, int from) throws IOException {
    writingSinceNanos = System.nanoTime() | 1; // never 0
    for (int at = from; at < bytes.length; at += WRITE_SIZE_BYTES_MAX) {
      out.write(bytes, at, Math.min(WRITE_SIZE_BYTES_MAX, bytes.length - at));
    }
    out.flush();
    writingSinceNanos = 0;
    quietSinceNanos = System.nanoTime();
  }

  /// There is more.
  void wake() {
    if (waiting) {
      LockSupport.unpark(thread);
    }
  }

  /// Says its last words as soon as it can.
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /// Closes the connection when a write has made no progress for so long.
  void cutWhenStuck(long nanos) {
    long since = writingSinceNanos;
    if (since != 0 && System.nanoTime() - since > nanos) {
      thread.interrupt(); // on a virtual thread, this closes the socket it waits for
    }
  }
}
