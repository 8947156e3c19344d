package io.sennit.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Ids as 64 lowercase hexadecimal digits, in and out of the bytes of events: eight digits at a
/// time, one in each byte of a word.
final class Hex {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long EACH = 0x0101010101010101L;

  /// A digit of the alphabet is its value, `'0'`, and this when the value is over 9.
  private static final int LETTER = 'a' - '0' - 10;

  /// No word of four bytes.
  private static final long NONE = -1;

  private Hex() {}

  /// The id whose 64 digits stand at `at`, or null when other characters do.
  static @Nullable EventId read(byte[] text, int at) {
    long a1 = half(text, at);
    long a2 = half(text, at + 8);
    long b1 = half(text, at + 16);
    long b2 = half(text, at + 24);
    long c1 = half(text, at + 32);
    long c2 = half(text, at + 40);
    long d1 = half(text, at + 48);
    long d2 = half(text, at + 56);
    return (a1 | a2 | b1 | b2 | c1 | c2 | d1 | d2) < 0
        ? null
        : new EventId(a1 << 32 | a2, b1 << 32 | b2, c1 << 32 | c2, d1 << 32 | d2);
  }

  /// The 32 bits that eight digits stand for, or [#NONE].
  private static long half(byte[] text, int at) {
    long digits = (long) WORD.get(text, at);
    long values = (digits & 0x0f0f0f0f0f0f0f0fL) + (digits >>> 6 & EACH) * 9;
    if ((values & 0xf0f0f0f0f0f0f0f0L) != 0 || digits(values) != digits) {
      return NONE;
    }
    values = (values | values >>> 4) & 0x00ff00ff00ff00ffL;
    values = (values | values >>> 8) & 0x0000ffff0000ffffL;
    return (values | values >>> 16) & 0xffffffffL;
  }

  /// Eight values below 16 as digits.
  private static long digits(long values) {
    return values + '0' * EACH + ((values + 6 * EACH) >>> 4 & EACH) * LETTER;
  }

  /// Writes the 64 digits at `at` and answers the offset after them.
  static int write(EventId id, byte[] text, int at) {
    word(id.a(), text, at);
    word(id.b(), text, at + 16);
    word(id.c(), text, at + 32);
    word(id.d(), text, at + 48);
    return at + EventId.TEXT_LENGTH;
  }

  private static void word(long word, byte[] text, int at) {
    WORD.set(text, at, digits(spread(word >>> 32)));
    WORD.set(text, at + 8, digits(spread(word & 0xffffffffL)));
  }

  /// Eight values of four bits, each in a byte of its own.
  private static long spread(long half) {
    long values = (half | half << 16) & 0x0000ffff0000ffffL;
    values = (values | values << 8) & 0x00ff00ff00ff00ffL;
    return (values | values << 4) & 0x0f0f0f0f0f0f0f0fL;
  }
}
