package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.node.Sennit;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Appends one event after the other at even times, from a thread of its own, until it is stopped.
///
/// It does not wait for each answer, but has no more than a fifth of a second's appends under way:
/// where the machine falls behind, fewer are appended than were offered.
final class SteadyLoad {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Sennit machine;
  private final long everyNanos;
  private final int window;
  private final Semaphore room;
  private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
  private final Thread thread = Thread.ofPlatform().name("bench-load").unstarted(this::run);
  private final long begin = System.nanoTime();
  private volatile boolean stopped;

  /// Written by its thread, read when that has ended.
  private int appended;

  private SteadyLoad(Sennit machine, int perSecond) {
    this.machine = machine;
    this.everyNanos = SECOND_NANOS / perSecond;
    this.window = Math.max(1, perSecond / 5);
    this.room = new Semaphore(window);
  }

  static SteadyLoad begin(Sennit machine, int perSecond) {
    var load = new SteadyLoad(machine, perSecond);
    load.thread.start();
    return load;
  }

  private void run() {
    long next = begin;
    while (!stopped && failed.get() == null) {
      next += everyNanos;
      LockSupport.parkNanos(next - System.nanoTime());
      room.acquireUninterruptibly();
      var _ =
          machine
              .append(new Order(1, appended++).json())
              .whenComplete((_, e) -> {
                if (e != null) {
                  failed.set(e);
                }
                room.release();
              });
    }
  }

  /// Waits for the last answer.
  ///
  /// @return durable appends a second
  double stop() throws InterruptedException {
    stopped = true;
    thread.join();
    room.acquire(window);
    double seconds = (double) (System.nanoTime() - begin) / SECOND_NANOS;
    var why = failed.get();
    if (why != null) {
      throw new CompletionException("an append failed: " + why, why);
    }
    return appended / seconds;
  }
}
