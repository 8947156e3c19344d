package io.sennit.node;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Where one thread waits for what others hand it.
///
/// Waking a parked thread takes 20 to 30 µs; a fast disk syncs in 100. Where that is most of what
/// somebody waits for, the owner keeps looking for a moment before it parks, as long as the moment
/// was enough last time.
final class Doorbell {
  private static final long LOOK_NANOS_MAX = 200_000;

  /// On one core nothing comes while this thread looks.
  private static final boolean CORES = Runtime.getRuntime().availableProcessors() > 1;

  private final Thread owner;
  private final BooleanSupplier worthLooking;
  private volatile boolean parked;
  private boolean soon;

  /// @param owner the only thread that waits here
  /// @param worthLooking whether a core may be spent on not being asleep
  Doorbell(Thread owner, BooleanSupplier worthLooking) {
    this.owner = owner;
    this.worthLooking = worthLooking;
  }

  /// Something was handed over.
  void ring() {
    if (parked) {
      LockSupport.unpark(owner);
    }
  }

  /// Waits until something is there or the time is over; may return for no reason.
  ///
  /// @param there whether something is; what was written before [#ring] is seen
  @SuppressWarnings("ThreadPriorityCheck") // right without it, too: yielding only saves others time
  void await(BooleanSupplier there, long nanos) {
    if (there.getAsBoolean()) {
      return;
    }
    long begin = System.nanoTime();
    if (soon && CORES && worthLooking.getAsBoolean()) {
      do {
        Thread.yield(); // whoever else wants this core gets it
        if (there.getAsBoolean()) {
          return;
        }
      } while (System.nanoTime() - begin < LOOK_NANOS_MAX);
    }
    parked = true;
    if (!there.getAsBoolean()) {
      LockSupport.parkNanos(this, nanos);
    }
    parked = false;
    soon = System.nanoTime() - begin < LOOK_NANOS_MAX;
  }
}
