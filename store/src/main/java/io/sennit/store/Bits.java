package io.sennit.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A bit for each position, also beyond what one [BitSet] can number.
final class Bits {
  private static final int PART_BITS = 24;

  private final List<BitSet> parts = new ArrayList<>();

  void set(long position) {
    int part = (int) (position >> PART_BITS);
    while (parts.size() <= part) {
      parts.add(new BitSet());
    }
    parts.get(part).set(within(position));
  }

  boolean get(long position) {
    int part = (int) (position >> PART_BITS);
    return part < parts.size() && parts.get(part).get(within(position));
  }

  private static int within(long position) {
    return (int) (position & ((1L << PART_BITS) - 1));
  }
}
