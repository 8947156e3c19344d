package io.sennit.simulator;

import java.util.EnumMap;
import java.util.Map;

/// How often each fault happened.
public final class Tally {
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

  void count(Fault fault) {
    count(fault, 1);
  }

  void count(Fault fault, long times) {
    counts.merge(fault, times, Long::sum);
  }

  void add(Tally other) {
    other.counts.forEach(this::count);
  }

  /// How often it happened.
  public long of(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }
}
