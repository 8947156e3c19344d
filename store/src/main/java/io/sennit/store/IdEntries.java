package io.sennit.store;

import java.util.Arrays;
import java.util.List;

/// Prefixes of uuids and their positions, sorted by prefix once it is complete.
///
/// A prefix is the first 48 bits. That is enough to find an event among 2^40; whether it is the one
/// is seen at its node, which has the whole uuid. Any number of events may share a prefix.
final class IdEntries {
  static final int PREFIX_BITS = 48;
  private static final int REST_BITS = Long.SIZE - PREFIX_BITS;

  /// What a first word has behind its prefix.
  static final long INDEX_MASK = (1L << REST_BITS) - 1;

  private long[] prefixes;
  private long[] positions;
  private int size;

  IdEntries(int capacity) {
    prefixes = new long[capacity];
    positions = new long[capacity];
  }

  static long prefix(long word) {
    return word >>> REST_BITS;
  }

  int size() {
    return size;
  }

  long prefixAt(int index) {
    return prefixes[index];
  }

  long positionAt(int index) {
    return positions[index];
  }

  void clear() {
    size = 0;
  }

  void add(long prefix, long position) {
    if (size == prefixes.length) {
      prefixes = Arrays.copyOf(prefixes, Math.max(16, size * 2));
      positions = Arrays.copyOf(positions, prefixes.length);
    }
    prefixes[size] = prefix;
    positions[size++] = position;
  }

  /// The first index from `from` on whose prefix is not below this one.
  int indexOf(long prefix, int from) {
    int low = from;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (prefixes[middle] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Becomes what these sorted ones hold together.
  void merge(List<IdEntries> sorted) {
    clear();
    var at = new int[sorted.size()];
    while (true) {
      int lowest = -1;
      long prefix = Long.MAX_VALUE;
      for (int i = 0; i < at.length; i++) {
        var each = sorted.get(i);
        if (at[i] < each.size && each.prefixes[at[i]] < prefix) {
          prefix = each.prefixes[at[i]];
          lowest = i;
        }
      }
      if (lowest < 0) {
        return;
      }
      add(prefix, sorted.get(lowest).positions[at[lowest]++]);
    }
  }
}
