package io.sennit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// How a writer is loaded: so many clients, each of which waits for its answer; or one that does
/// not wait.
///
/// @param name as the report calls it
/// @param waiting clients on virtual threads, or 0 for one that keeps [#WINDOW] records under way
record Clients(String name, int waiting) {
  /// Records that a client that does not wait has under way at most.
  static final int WINDOW = 16_384;

  static final List<Clients> ALL =
      List.of(
          new Clients("1 waiting client", 1),
          new Clients("64 waiting clients", 64),
          new Clients("pipelined", 0));

  /// Durable records a second, over about this long.
  double load(Writer writer, long nanos) throws InterruptedException {
    return waiting == 0 ? pipelined(writer, nanos) : waiting(writer, nanos);
  }

  private double waiting(Writer writer, long nanos) throws InterruptedException {
    var done = new AtomicLong();
    long begin = System.nanoTime();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < waiting; i++) {
      int client = i;
      threads.add(
          Thread.startVirtualThread(() -> {
            long number = 0;
            while (System.nanoTime() - begin < nanos) {
              writer.write(Sample.json(client, number++)).join();
            }
            done.addAndGet(number);
          }));
    }
    for (var thread : threads) {
      thread.join();
    }
    return perSecond(done.get(), System.nanoTime() - begin);
  }

  private static double pipelined(Writer writer, long nanos) throws InterruptedException {
    var room = new Semaphore(WINDOW);
    long number = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      room.acquire();
      var _ = writer.write(Sample.json(0, number++)).whenComplete((_, _) -> room.release());
    }
    room.acquire(WINDOW);
    return perSecond(number, System.nanoTime() - begin);
  }

  private static double perSecond(long count, long nanos) {
    return count * 1e9 / nanos;
  }
}
