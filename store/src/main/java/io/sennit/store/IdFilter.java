package io.sennit.store;

import io.sennit.store.ByteSource.Malformed;

/// Says of most uuids that a stretch of an [IdList] does not hold that it does not: a Bloom filter
/// for each bucket, so that one look costs one or two cache lines (Putze, Sanders and Singler,
/// "Cache-, Hash- and Space-Efficient Bloom Filters", 2007).
///
/// Wrong once in some two hundred times; where uuids were ground to share a bucket, always.
final class IdFilter {
  /// Buckets that share a row of the index.
  static final int BUCKETS = 64;

  private static final int WORDS = 12;
  private static final int PROBES = 6;

  private final long[] words;

  private IdFilter(long[] words) {
    this.words = words;
  }

  static IdFilter empty() {
    return new IdFilter(new long[BUCKETS * WORDS]);
  }

  void add(int bucket, long prefix) {
    long mixed = IdTable.mixed(prefix);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(mixed, probe);
      words[bucket * WORDS + (bit >>> 6)] |= 1L << bit;
    }
  }

  /// Whether it may have been added.
  boolean mayHold(int bucket, long prefix) {
    long mixed = IdTable.mixed(prefix);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(mixed, probe);
      if ((words[bucket * WORDS + (bit >>> 6)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  /// Two hashes make all others (Kirsch and Mitzenmacher 2006).
  private static int bit(long mixed, int probe) {
    int hash = (int) mixed + probe * ((int) (mixed >>> 32) | 1);
    return (int) (((hash & 0xffff_ffffL) * (WORDS * Long.SIZE)) >>> 32);
  }

  byte[] toBytes() {
    var sink = new ByteSink(words.length * Long.BYTES);
    for (long word : words) {
      sink.u64(word);
    }
    return sink.toBytes();
  }

  static IdFilter read(byte[] bytes) {
    try {
      var filter = empty();
      var source = new ByteSource(bytes);
      for (int i = 0; i < filter.words.length; i++) {
        filter.words[i] = source.u64();
      }
      return filter;
    } catch (Malformed e) {
      throw Index.illegible("a filter of uuids", e);
    }
  }
}
