package io.sennit.store;

/// A RocksDB write batch as bytes, so that it costs one call however many rows it has.
///
/// The form is RocksDB's own (`db/write_batch.cc`): sequence and count as little-endian fixed64 and
/// fixed32, then for each row a tag, the family's number, key and value.
final class IndexBatch {
  private static final int COUNT_AT = 8;
  private static final int DELETE = 0x4;
  private static final int PUT = 0x5;
  private static final int MERGE = 0x6;
  private static final int DELETE_RANGE = 0xe;

  private final ByteSink sink = new ByteSink(1 << 16);
  private int count;

  IndexBatch() {
    sink.u64(0).u32(0);
  }

  void put(Family family, byte[] key, byte[] value) {
    row(PUT, family, key).varint(value.length).bytes(value);
  }

  /// Appends to the row's value.
  void merge(Family family, byte[] key, byte[] value) {
    row(MERGE, family, key).varint(value.length).bytes(value);
  }

  void delete(Family family, byte[] key) {
    row(DELETE, family, key);
  }

  /// Deletes the rows from this key to below that one.
  void deleteRange(Family family, byte[] from, byte[] to) {
    row(DELETE_RANGE, family, from).varint(to.length).bytes(to);
  }

  private ByteSink row(int tag, Family family, byte[] key) {
    count++;
    // the default family has tags of its own
    if (family == Family.META) {
      sink.u8(
          switch (tag) {
            case PUT -> 0x1;
            case MERGE -> 0x2;
            case DELETE -> 0x0;
            default -> throw new IllegalArgumentException("no row of " + family);
          });
    } else {
      sink.u8(tag).varint(family.number());
    }
    return sink.varint(key.length).bytes(key);
  }

  byte[] toBytes() {
    sink.set32(COUNT_AT, Integer.reverseBytes(count));
    return sink.toBytes();
  }
}
