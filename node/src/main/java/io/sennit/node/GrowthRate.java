package io.sennit.node;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/// How fast the machine's events become more, over the last seconds. Any thread.
final class GrowthRate {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// What was longer ago says nothing of now.
  private static final long SPAN_NANOS = 10 * SECOND_NANOS;

  private static final long STEP_NANOS = SECOND_NANOS / 10;

  /// Less than this says nothing yet.
  private static final long SPAN_NANOS_MIN = SECOND_NANOS / 2;

  private record Count(long nanos, long events) {}

  private final ArrayDeque<Count> counts = new ArrayDeque<>();

  /// There are so many events now.
  synchronized void counted(long events, long nowNanos) {
    var last = counts.peekLast();
    if (last == null || nowNanos - last.nanos >= STEP_NANOS) {
      counts.add(new Count(nowNanos, events));
      forget(nowNanos);
    }
  }

  private void forget(long nowNanos) {
    while (counts.size() > 1 && nowNanos - counts.getFirst().nanos > SPAN_NANOS) {
      counts.removeFirst();
    }
  }

  /// In how many seconds, rounded up, there will be so many more; empty while nobody can tell.
  synchronized OptionalLong secondsUntil(long more, long events, long nowNanos) {
    forget(nowNanos);
    var first = counts.peekFirst();
    if (first == null || nowNanos - first.nanos < SPAN_NANOS_MIN || events <= first.events) {
      return OptionalLong.empty();
    }
    double perSecond = (events - first.events) * (double) SECOND_NANOS / (nowNanos - first.nanos);
    return OptionalLong.of((long) Math.ceil(more / perSecond));
  }
}
