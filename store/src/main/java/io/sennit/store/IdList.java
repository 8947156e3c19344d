package io.sennit.store;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// The uuids of one stretch of positions, sorted, in pages of about 64: rows of RocksDB. It never
/// changes; four of one level become one of the next.
///
/// A page holds a *bucket*: the prefixes that share their first bits. How many bits depends on the
/// level alone. An honest bucket has about 64 entries. One with more than [#PAGE_MAX], as uuids
/// ground to fall together make it, is an empty page, and four more bits tell its sixteen parts
/// apart, and so on: whoever wants to slow the look-up by one step must grind four bits more for
/// each event.
///
/// @param number no two lists of an index have had the same; it begins the keys of their rows
/// @param level 0 when made from memory
/// @param first position
/// @param size positions it is for: `4^level` times those of level 0
record IdList(long number, int level, long first, long size) {
  /// Lists of one level that become one of the next.
  static final int FAN = 4;

  /// Bits that tell the parts of a bucket apart.
  private static final int SPLIT_BITS = 4;

  private static final int PAGE_BITS = 6;

  /// Entries of a page, unless all share their prefix.
  static final int PAGE_MAX = 512;

  private static final int PREFIX_BYTES = IdEntries.PREFIX_BITS / Byte.SIZE;
  private static final int FILTER = 0;
  private static final int PAGE = 1;

  long last() {
    return first + size - 1;
  }

  private static int ceilingLog2(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value - 1);
  }

  /// Bits of a prefix that name its bucket.
  int bucketBits() {
    return Math.clamp(ceilingLog2(size) - PAGE_BITS, 0, IdEntries.PREFIX_BITS);
  }

  int buckets() {
    return 1 << bucketBits();
  }

  int bucket(long prefix) {
    return (int) (prefix >>> (IdEntries.PREFIX_BITS - bucketBits()));
  }

  /// The lowest prefix of a bucket.
  long floor(int bucket) {
    return (long) bucket << (IdEntries.PREFIX_BITS - bucketBits());
  }

  private int positionBytes() {
    return Math.max(2, (ceilingLog2(size) + Byte.SIZE - 1) / Byte.SIZE);
  }

  private ByteSink key(int kind) {
    return new ByteSink(16).u64(number).u8(kind);
  }

  byte[] filterKey(int chunk) {
    return key(FILTER).u32(chunk).toBytes();
  }

  /// The page of the prefixes that share so many bits with this one.
  byte[] pageKey(long prefix, int bits) {
    int rest = IdEntries.PREFIX_BITS - bits;
    return key(PAGE).big((prefix >>> rest) << rest, PREFIX_BYTES).u8(bits).toBytes();
  }

  /// Before the pages of this prefix and all above it; one more than the highest prefix is allowed.
  byte[] pageKeyFrom(long prefix) {
    return prefix >>> IdEntries.PREFIX_BITS == 0
        ? key(PAGE).big(prefix, PREFIX_BYTES).u8(0).toBytes()
        : key(PAGE + 1).toBytes();
  }

  /// Before all its rows.
  byte[] keyFirst() {
    return Keys.number(number);
  }

  /// Behind all its rows.
  byte[] keyEnd() {
    return Keys.number(number + 1);
  }

  /// Adds the pages of a bucket, or of a part of one.
  ///
  /// @param from index of its first entry
  /// @param to behind its last
  void put(IndexBatch batch, IdEntries entries, int from, int to, int bits) {
    if (from == to) {
      return;
    }
    var key = pageKey(entries.prefixAt(from), bits);
    if (to - from <= PAGE_MAX || bits + SPLIT_BITS > IdEntries.PREFIX_BITS) {
      batch.put(Family.LISTS, key, page(entries, from, to));
      return;
    }
    batch.put(Family.LISTS, key, new byte[0]);
    int rest = IdEntries.PREFIX_BITS - bits - SPLIT_BITS;
    for (int part = from; part < to; ) {
      int end = entries.indexOf(((entries.prefixAt(part) >>> rest) + 1) << rest, part);
      put(batch, entries, part, end, bits + SPLIT_BITS);
      part = end;
    }
  }

  private byte[] page(IdEntries entries, int from, int to) {
    var sink = new ByteSink((to - from) * (PREFIX_BYTES + positionBytes()));
    for (int i = from; i < to; i++) {
      sink.big(entries.prefixAt(i), PREFIX_BYTES);
      sink.big(entries.positionAt(i) - first, positionBytes());
    }
    return sink.toBytes();
  }

  /// Calls with the position of each event whose uuid has this prefix.
  void find(Moment moment, IdFilterCache filters, long prefix, LongConsumer reader) {
    int bucket = bucket(prefix);
    var filter = filters.filter(moment, this, bucket / IdFilter.BUCKETS);
    if (filter == null || !filter.mayHold(bucket % IdFilter.BUCKETS, prefix)) {
      return;
    }
    int bits = bucketBits();
    var page = moment.get(Family.LISTS, pageKey(prefix, bits));
    while (page != null && page.length == 0 && bits + SPLIT_BITS <= IdEntries.PREFIX_BITS) {
      bits += SPLIT_BITS;
      page = moment.get(Family.LISTS, pageKey(prefix, bits));
    }
    if (page != null) {
      find(page, prefix, reader);
    }
  }

  private void find(byte[] page, long prefix, LongConsumer reader) {
    int low = 0;
    int high = entries(page);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (prefixAt(page, middle) < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < entries(page) && prefixAt(page, i) == prefix; i++) {
      reader.accept(positionAt(page, i));
    }
  }

  /// How many entries a page has.
  int entries(byte[] page) {
    int width = PREFIX_BYTES + positionBytes();
    if (page.length % width != 0) {
      throw Index.illegible("a page of uuids");
    }
    return page.length / width;
  }

  long prefixAt(byte[] page, int index) {
    int at = index * (PREFIX_BYTES + positionBytes());
    return Keys.big(page, at, PREFIX_BYTES);
  }

  long positionAt(byte[] page, int index) {
    int width = PREFIX_BYTES + positionBytes();
    long offset = Keys.big(page, index * width + PREFIX_BYTES, positionBytes());
    if (offset >= size) {
      throw Index.illegible("a page of uuids");
    }
    return first + offset;
  }

  /// Adds what the pages hold on which these rows stand, up to the one with this key.
  void read(Rows rows, byte[] end, IdEntries entries) {
    for (; rows.valid() && Arrays.compareUnsigned(rows.key(), end) < 0; rows.next()) {
      var page = rows.value();
      for (int i = 0; i < entries(page); i++) {
        entries.add(prefixAt(page, i), positionAt(page, i));
      }
    }
  }
}
