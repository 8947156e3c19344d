package io.sennit.simulator.large;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How often which duration was seen. Buckets are linear below 64 µs and then 64 for each power of
/// two, so that a quantile is at most 1.6 % too high.
final class Histogram {
  private static final int SUB_BITS = 6;
  private static final int SUBS = 1 << SUB_BITS;
  private static final long MICRO_NANOS = 1_000;
  private static final double MILLI_MICROS = 1e3;

  private final long[] counts = new long[(64 - SUB_BITS) * SUBS];
  private long count;
  private long maxMicros;

  void add(long nanos) {
    long micros = Math.max(0, nanos / MICRO_NANOS);
    counts[bucket(micros)]++;
    count++;
    maxMicros = Math.max(maxMicros, micros);
  }

  /// All that another one has seen.
  void add(Histogram other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    count += other.count;
    maxMicros = Math.max(maxMicros, other.maxMicros);
  }

  long count() {
    return count;
  }

  private static int bucket(long micros) {
    if (micros < SUBS) {
      return (int) micros;
    }
    int shift = 63 - SUB_BITS - Long.numberOfLeadingZeros(micros);
    return (shift << SUB_BITS) + (int) (micros >>> shift);
  }

  /// The greatest duration that belongs to a bucket.
  private static long top(int bucket) {
    if (bucket < 2 * SUBS) {
      return bucket;
    }
    int shift = (bucket >>> SUB_BITS) - 1;
    long head = bucket - ((long) shift << SUB_BITS);
    return ((head + 1) << shift) - 1;
  }

  double maxMillis() {
    return count == 0 ? Double.NaN : maxMicros / MILLI_MICROS;
  }

  /// @param share of all that took no longer
  double millis(double share) {
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (below > 0 && below >= share * count) {
        return Math.min(top(i), maxMicros) / MILLI_MICROS;
      }
    }
    return Double.NaN;
  }

  /// The share that took no longer, over milliseconds; a point for each bucket in which there is
  /// something.
  List<Summary.Point> distribution() {
    var points = new ArrayList<Summary.Point>();
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        below += counts[i];
        points.add(
            new Summary.Point(Math.min(top(i), maxMicros) / MILLI_MICROS, (double) below / count));
      }
    }
    return points;
  }
}
