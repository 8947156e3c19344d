package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.bench.peer.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How a writer is loaded: so many clients, each of which waits for its answer; or one that does
/// not wait.
///
/// @param name as the report calls it
/// @param waiting clients on threads of their own, or 0 for one that keeps [#WINDOW] records under
///   way
record Clients(String name, int waiting) {
  /// Records that a client that does not wait has under way at most.
  static final int WINDOW = 16_384;

  static final Clients ONE = new Clients("1 waiting client", 1);
  static final Clients MANY = new Clients("64 waiting clients", 64);
  static final Clients PIPELINED = new Clients("pipelined", 0);
  static final List<Clients> ALL = List.of(ONE, MANY, PIPELINED);

  /// Durable records a second, over about this long.
  ///
  /// @param from number of each client's first order: none must come twice
  double load(Writer writer, long nanos, long from) throws InterruptedException {
    return waiting == 0 ? pipelined(writer, nanos, from) : waiting(writer, nanos, from);
  }

  private double waiting(Writer writer, long nanos, long from) throws InterruptedException {
    var done = new AtomicLong();
    var failed = new AtomicReference<@Nullable Throwable>();
    long begin = System.nanoTime();
    var kind = writer.blocks() ? Thread.ofPlatform() : Thread.ofVirtual();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < waiting; i++) {
      int client = i;
      threads.add(
          kind.start(() -> {
            long number = from;
            try {
              while (System.nanoTime() - begin < nanos && failed.get() == null) {
                writer.write(new Order(client, number++)).join();
              }
            } catch (RuntimeException e) {
              failed.set(e);
            }
            done.addAndGet(number - from);
          }));
    }
    for (var thread : threads) {
      thread.join();
    }
    throwIf(failed.get());
    return perSecond(done.get(), System.nanoTime() - begin);
  }

  private static double pipelined(Writer writer, long nanos, long from)
      throws InterruptedException {
    var room = new Semaphore(WINDOW);
    var failed = new AtomicReference<@Nullable Throwable>();
    long number = from;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos && failed.get() == null) {
      room.acquire();
      var _ =
          writer
              .write(new Order(0, number++))
              .whenComplete((_, e) -> {
                if (e != null) {
                  failed.set(e);
                }
                room.release();
              });
    }
    writer.flush();
    room.acquire(WINDOW);
    throwIf(failed.get());
    return perSecond(number - from, System.nanoTime() - begin);
  }

  private static void throwIf(@Nullable Throwable failed) {
    if (failed != null) {
      throw new CompletionException("a record was not kept: " + failed, failed);
    }
  }

  private static double perSecond(long count, long nanos) {
    return count * 1e9 / nanos;
  }
}
