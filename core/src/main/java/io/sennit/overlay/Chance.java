package io.sennit.overlay;

/// All choices of one overlay, from one seed (SplitMix64; Steele, Lea, Flood, OOPSLA 2014).
final class Chance {
  private long state;

  Chance(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /// From 0 to `bound` − 1.
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /// From `least` to `most`, both included.
  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /// A bit of `mask` that is set; −1 if none is.
  int bit(long mask) {
    int left = Long.bitCount(mask);
    if (left == 0) {
      return -1;
    }
    long rest = mask;
    for (int skip = below(left); skip > 0; skip--) {
      rest &= rest - 1;
    }
    return Long.numberOfTrailingZeros(rest);
  }

  /// A permutation of the longs without visible pattern.
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
