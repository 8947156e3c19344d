package io.sennit.simulator;

/// How often each fault happened.
public final class Tally {
  private final long[] counts = new long[Fault.values().length];

  void count(Fault fault) {
    counts[fault.ordinal()]++;
  }

  void add(Tally other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /// How often it happened.
  public long of(Fault fault) {
    return counts[fault.ordinal()];
  }
}
