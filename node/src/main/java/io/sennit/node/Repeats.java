package io.sennit.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Holds back complaints that were made a moment ago already, and counts them.
final class Repeats {
  /// The same complaint is made once in so long.
  static final long QUIET_NANOS = 60_000_000_000L;

  private static final int KEPT_MAX = 1_024;

  private static final class Made {
    long atNanos;
    long heldBack;

    Made(long atNanos) {
      this.atNanos = atNanos;
    }
  }

  private final LongSupplier clock;
  private final Map<String, Made> made =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /// @param clock in nanoseconds, monotonic
  Repeats(LongSupplier clock) {
    this.clock = clock;
  }

  /// Whether this complaint may be made now.
  ///
  /// @return how many like it were held back since the last one; empty when this one is
  synchronized OptionalLong ask(String complaint) {
    long nowNanos = clock.getAsLong();
    var last = made.get(complaint);
    if (last == null) {
      made.put(complaint, new Made(nowNanos));
      return OptionalLong.of(0);
    }
    if (nowNanos - last.atNanos < QUIET_NANOS) {
      last.heldBack++;
      return OptionalLong.empty();
    }
    long heldBack = last.heldBack;
    last.atNanos = nowNanos;
    last.heldBack = 0;
    return OptionalLong.of(heldBack);
  }
}
