package io.sennit.store;

import io.sennit.dag.Distances;

/// Bytes being read. Reading past the end says that they are malformed.
final class ByteSource implements Distances.Source<ByteSource.Malformed> {
  /// The bytes are not what their writer writes.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final byte[] bytes;
  private final int end;
  private int at;

  ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  ByteSource(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < end;
  }

  void skip(int count) throws Malformed {
    require(count);
    at += count;
  }

  private void require(int count) throws Malformed {
    if (count < 0 || count > end - at) {
      throw new Malformed("ends in the middle");
    }
  }

  int u8() throws Malformed {
    require(1);
    return bytes[at++] & 0xff;
  }

  int u16() throws Malformed {
    return (u8() << 8) | u8();
  }

  int u32() throws Malformed {
    return (u16() << 16) | u16();
  }

  long u64() throws Malformed {
    return ((long) u32() << 32) | (u32() & 0xffff_ffffL);
  }

  byte[] bytes(int count) throws Malformed {
    require(count);
    var copy = java.util.Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return copy;
  }

  long varint() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Malformed("a number of more than 64 bits");
  }

  /// A number that must lie in this range, both included.
  int varint(int min, int max) throws Malformed {
    long value = varint();
    if (value < min || value > max) {
      throw new Malformed("%d is not between %d and %d".formatted(value, min, max));
    }
    return (int) value;
  }

  long zigzag() throws Malformed {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  @Override
  public long nextNumber() throws Malformed {
    return varint();
  }

  @Override
  public int nextOctet() throws Malformed {
    return u8();
  }

  @Override
  public Malformed senseless(String why) {
    return new Malformed(why);
  }
}
