package io.sennit.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;

/// A machine's name: its Ed25519 public key (RFC 8032), as four big-endian words.
///
/// Its text is base64url without padding: 43 characters, the two unused bits of the last one zero.
public record MachineId(long a, long b, long c, long d) implements Comparable<MachineId> {
  /// Raw size.
  public static final int SIZE_BYTES = 32;

  /// Size of the text, in characters.
  public static final int TEXT_LENGTH = 43;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// The machine whose 32 raw key bytes start at `offset`.
  public static MachineId of(byte[] bytes, int offset) {
    return new MachineId(
        (long) LONG.get(bytes, offset),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24));
  }

  /// The machine written as 43 base64url characters.
  ///
  /// @throws IllegalArgumentException when the text is anything else
  public static MachineId parse(String text) {
    if (text.length() == TEXT_LENGTH) {
      var machine = of(Base64.getUrlDecoder().decode(text), 0);
      if (machine.toString().equals(text)) {
        return machine;
      }
    }
    throw new IllegalArgumentException("not a machine key of 43 base64url characters: " + text);
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
  public int compareTo(MachineId other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order == 0 ? Long.compareUnsigned(d, other.d) : order;
  }

  /// Written out, as that of [EventId] is.
  @Override
  public boolean equals(Object other) {
    return other instanceof MachineId(long a2, long b2, long c2, long d2)
        && a == a2
        && b == b2
        && c == c2
        && d == d2;
  }

  /// A key is as good as random: its first word is as good as any.
  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(toBytes());
  }
}
