package io.sennit.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// An event's `uuid`: the SHA-256 of its canonical bytes without `uuid`, as four big-endian words.
///
/// Ids are ordered as unsigned 256-bit numbers, which is the order of their hexadecimal text.
public record EventId(long a, long b, long c, long d) implements Comparable<EventId> {
  /// Raw size.
  public static final int SIZE_BYTES = 32;

  /// Size of the text, in characters of `[0-9a-f]`.
  public static final int TEXT_LENGTH = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// The id whose 32 raw bytes start at `offset`.
  public static EventId of(byte[] bytes, int offset) {
    return new EventId(
        (long) LONG.get(bytes, offset),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24));
  }

  /// The id written as 64 lowercase hexadecimal digits.
  ///
  /// @throws IllegalArgumentException when the text is anything else
  public static EventId parse(String text) {
    if (text.length() != TEXT_LENGTH || !text.chars().allMatch(EventId::isDigit)) {
      throw new IllegalArgumentException("not a uuid of 64 lowercase hexadecimal digits: " + text);
    }
    return of(HexFormat.of().parseHex(text), 0);
  }

  private static boolean isDigit(int character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
  }

  /// Writes the 32 raw bytes.
  public void writeTo(byte[] target, int offset) {
    LONG.set(target, offset, a);
    LONG.set(target, offset + 8, b);
    LONG.set(target, offset + 16, c);
    LONG.set(target, offset + 24, d);
  }

  /// The 32 raw bytes, a fresh copy.
  public byte[] toBytes() {
    var bytes = new byte[SIZE_BYTES];
    writeTo(bytes, 0);
    return bytes;
  }

  @Override
  public int compareTo(EventId other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order == 0 ? Long.compareUnsigned(d, other.d) : order;
  }

  /// Written out: ids are compared more often than anything else, and by the method that a record
  /// has by itself only once the compiler has inlined its way there.
  @Override
  public boolean equals(Object other) {
    return other instanceof EventId(long a2, long b2, long c2, long d2)
        && a == a2
        && b == b2
        && c == c2
        && d == d2;
  }

  /// An id is already a hash: its first word is as good as any.
  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
