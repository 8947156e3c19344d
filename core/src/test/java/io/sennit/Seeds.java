package io.sennit;

import java.util.SplittableRandom;

/// Runs a property over many seeds. A failure prints the one that repeats it.
public final class Seeds {
  /// A property of a random thing.
  @FunctionalInterface
  public interface Property {
    /// Fails by throwing.
    void check(SplittableRandom random) throws Exception;
  }

  private Seeds() {}

  /// Checks the property `runs` times, each with a fresh seed; or once, with the seed of
  /// `-Dseed=…`.
  public static void check(int runs, Property property) {
    var given = System.getProperty("seed");
    if (given != null) {
      checkOne(Long.parseLong(given), property);
      return;
    }
    var seeds = new SplittableRandom();
    for (int i = 0; i < runs; i++) {
      checkOne(seeds.nextLong(), property);
    }
  }

  private static void checkOne(long seed, Property property) {
    try {
      property.check(new SplittableRandom(seed));
    } catch (Exception | AssertionError failure) {
      throw new AssertionError("repeat with -Dseed=" + seed, failure);
    }
  }
}
