package io.sennit.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Ids as 64 lowercase hexadecimal digits, in and out of the bytes of events.
final class Hex {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] VALUES = values();

  private Hex() {}

  private static byte[] values() {
    var values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }

  /// The id whose 64 digits stand at `at`, or null when other characters do.
  static @Nullable EventId read(byte[] text, int at) {
    int bad = 0;
    for (int i = at; i < at + EventId.TEXT_LENGTH; i++) {
      bad |= VALUES[text[i] & 0xff];
    }
    return bad < 0
        ? null
        : new EventId(
            word(text, at), word(text, at + 16), word(text, at + 32), word(text, at + 48));
  }

  private static long word(byte[] text, int at) {
    long word = 0;
    for (int i = at; i < at + 16; i++) {
      word = word << 4 | VALUES[text[i] & 0xff];
    }
    return word;
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
    for (int i = 0; i < 16; i++) {
      text[at + i] = DIGITS[(int) (word >>> (60 - 4 * i)) & 0xf];
    }
  }
}
