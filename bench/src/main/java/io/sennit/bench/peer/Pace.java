package io.sennit.bench.peer;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// Says things at even times.
public final class Pace {
  private Pace() {}

  /// Calls `say` with 0, 1, 2, …; answers when each call began.
  public static long[] say(int count, long everyNanos, IntConsumer say) {
    var begins = new long[count];
    long next = System.nanoTime();
    for (int i = 0; i < count; i++) {
      next += everyNanos;
      LockSupport.parkNanos(next - System.nanoTime());
      begins[i] = System.nanoTime();
      say.accept(i);
    }
    return begins;
  }
}
