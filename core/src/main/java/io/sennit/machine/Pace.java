package io.sennit.machine;

/// How fast remote events arrive, over the last second or so.
final class Pace {
  private static final int BUSY_EVENTS_PER_SECOND = 1000;
  private static final long SECOND_NANOS = 1_000_000_000;

  private long secondBegan = Long.MIN_VALUE;
  private long thisSecond;
  private long lastSecond;

  void count(int events, long nowNanos) {
    turn(nowNanos);
    thisSecond += events;
  }

  boolean busy(long nowNanos) {
    turn(nowNanos);
    return Math.max(thisSecond, lastSecond) > BUSY_EVENTS_PER_SECOND;
  }

  private void turn(long nowNanos) {
    if (secondBegan == Long.MIN_VALUE) {
      secondBegan = nowNanos;
    }
    if (nowNanos - secondBegan >= SECOND_NANOS) {
      lastSecond = nowNanos - secondBegan < 2 * SECOND_NANOS ? thisSecond : 0;
      thisSecond = 0;
      secondBegan = nowNanos;
    }
  }
}
