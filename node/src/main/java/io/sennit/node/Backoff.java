package io.sennit.node;

import java.util.random.RandomGenerator;

/// How long to wait before dialling again: twice as long after each failure, with jitter.
final class Backoff {
  private static final long FIRST_NANOS = 100_000_000L;
  private static final long LAST_NANOS = 15_000_000_000L;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  void succeeded() {
    failures = 0;
  }

  /// Half to the whole of a delay that doubles.
  long nextNanos() {
    long most = Math.min(LAST_NANOS, FIRST_NANOS << Math.min(failures, 20));
    failures++;
    return most / 2 + random.nextLong(most / 2 + 1);
  }
}
