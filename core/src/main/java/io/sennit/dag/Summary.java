package io.sennit.dag;

import io.sennit.event.EventId;

/// What a range of events adds up to: their number, and the sum of their uuids modulo 2^256.
///
/// Equal sets have equal summaries; the converse is only likely, and nothing depends on it (AdHash,
/// Bellare and Micciancio 1997).
///
/// @param count number of events
/// @param a to `d`: the sum, big-endian words
public record Summary(long count, long a, long b, long c, long d) {
  /// Of no event.
  public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0);

  /// With one more event.
  public Summary plus(EventId id) {
    return plus(new Summary(1, id.a(), id.b(), id.c(), id.d()));
  }

  /// Of both ranges, which must not overlap.
  public Summary plus(Summary other) {
    long newD = d + other.d;
    long carry = carry(d, other.d, newD);
    long newC = c + other.c + carry;
    carry = carry(c, other.c, newC);
    long newB = b + other.b + carry;
    carry = carry(b, other.b, newB);
    return new Summary(count + other.count, a + other.a + carry, newB, newC, newD);
  }

  /// Carry out of `x + y (+ carry in)`, given the wrapped sum.
  private static long carry(long x, long y, long sum) {
    return ((x & y) | ((x | y) & ~sum)) >>> 63;
  }
}
