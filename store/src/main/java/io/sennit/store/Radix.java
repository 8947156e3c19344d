package io.sennit.store;

/// Sorts unsigned numbers by their digits, the lowest first.
final class Radix {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private Radix() {}

  /// The numbers in ascending order, which may be the same array.
  static long[] sorted(long[] numbers) {
    var from = numbers;
    var to = new long[numbers.length];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      var ends = new int[DIGITS + 1];
      for (long number : from) {
        ends[((int) (number >>> shift) & (DIGITS - 1)) + 1]++;
      }
      for (int digit = 0; digit < DIGITS; digit++) {
        ends[digit + 1] += ends[digit];
      }
      for (long number : from) {
        to[ends[(int) (number >>> shift) & (DIGITS - 1)]++] = number;
      }
      var done = from;
      from = to;
      to = done;
    }
    return from;
  }
}
