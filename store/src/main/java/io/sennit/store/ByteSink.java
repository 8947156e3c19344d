package io.sennit.store;

import io.sennit.dag.Distances;
import io.sennit.event.EventId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes being written, growing as they need.
final class ByteSink implements Distances.Sink {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /// The bytes themselves, [#size()] of them, for a reader that is done before the next write.
  byte[] shared() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  ByteSink u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  ByteSink u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  ByteSink u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  ByteSink u64(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
    return this;
  }

  /// The lowest bytes of a number, the highest of them first.
  ByteSink big(long value, int count) {
    reserve(count);
    for (int i = count - 1; i >= 0; i--) {
      bytes[size++] = (byte) (value >>> (i * Byte.SIZE));
    }
    return this;
  }

  ByteSink id(EventId id) {
    reserve(EventId.SIZE_BYTES);
    id.writeTo(bytes, size);
    size += EventId.SIZE_BYTES;
    return this;
  }

  ByteSink bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  ByteSink bytes(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  /// Seven bits a byte, lowest first, the high bit set in all but the last (LEB128).
  ByteSink varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /// A signed number, small when it is near zero.
  ByteSink zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  @Override
  public void putNumber(long number) {
    varint(number);
  }

  @Override
  public void putOctet(int octet) {
    u8(octet);
  }

  void set32(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }
}
