package io.sennit.simulator.large;

/// One random state for each machine, from one seed: what one machine draws does not change what
/// another does (SplitMix64; Steele, Lea, Flood, OOPSLA 2014).
final class Dice {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final long[] states;

  Dice(int machines, long seed) {
    states = new long[machines];
    for (int i = 0; i < machines; i++) {
      states[i] = mix(mix(seed) + i);
    }
  }

  long next(int machine) {
    return mix(states[machine] += STEP);
  }

  /// From 0 to `bound` − 1.
  int below(int machine, int bound) {
    return (int) (((next(machine) >>> 32) * bound) >>> 32);
  }

  /// From 0 up to, but not, 1.
  double unit(int machine) {
    return (next(machine) >>> 11) * 0x1p-53;
  }

  /// From `min` up to, but not, `max`.
  long between(int machine, long min, long max) {
    return min + (long) (unit(machine) * (max - min));
  }

  /// Positive, with this mean; the logarithm is normal with deviation 1, so that many are short and
  /// few are very long.
  double logNormal(int machine, double mean) {
    double u = 1 - unit(machine);
    double v = unit(machine);
    double normal = StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    return mean * StrictMath.exp(normal - 0.5);
  }

  /// A permutation of the longs without visible pattern.
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// The other way round: `unmix(mix(x)) == x`.
  static long unmix(long value) {
    long z = value;
    z = (z ^ (z >>> 31) ^ (z >>> 62)) * 0x319642B2D24D8EC3L;
    z = (z ^ (z >>> 27) ^ (z >>> 54)) * 0x96DE1B173F119089L;
    return z ^ (z >>> 30) ^ (z >>> 60);
  }
}
