package io.sennit.event;

import java.util.Arrays;

/// base64url without padding (RFC 4648 §5), in and out of the bytes of events.
final class Base64Url {
  private static final byte[] ALPHABET = alphabet();
  private static final int[] VALUES = values();

  private Base64Url() {}

  private static byte[] alphabet() {
    var alphabet = new byte[64];
    for (int i = 0; i < 26; i++) {
      alphabet[i] = (byte) ('A' + i);
      alphabet[26 + i] = (byte) ('a' + i);
    }
    for (int i = 0; i < 10; i++) {
      alphabet[52 + i] = (byte) ('0' + i);
    }
    alphabet[62] = '-';
    alphabet[63] = '_';
    return alphabet;
  }

  private static int[] values() {
    var values = new int[256];
    Arrays.fill(values, -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      values[ALPHABET[i]] = i;
    }
    return values;
  }

  /// How many characters so many bytes take.
  static int length(int sizeBytes) {
    return (sizeBytes * 8 + 5) / 6;
  }

  /// Reads `raw.length` bytes from the text at `at`; false when it is not base64url, or when unused
  /// bits of its last character are set.
  static boolean read(byte[] text, int at, byte[] raw) {
    int next = at;
    int written = 0;
    int bad = 0;
    for (; written + 3 <= raw.length; written += 3, next += 4) {
      int bits =
          value(text, next) << 18
              | value(text, next + 1) << 12
              | value(text, next + 2) << 6
              | value(text, next + 3);
      bad |= bits;
      raw[written] = (byte) (bits >> 16);
      raw[written + 1] = (byte) (bits >> 8);
      raw[written + 2] = (byte) bits;
    }
    int unused = 0;
    if (raw.length - written == 2) {
      int bits = value(text, next) << 12 | value(text, next + 1) << 6 | value(text, next + 2);
      bad |= bits;
      raw[written] = (byte) (bits >> 10);
      raw[written + 1] = (byte) (bits >> 2);
      unused = bits & 0x3;
    } else if (raw.length - written == 1) {
      int bits = value(text, next) << 6 | value(text, next + 1);
      bad |= bits;
      raw[written] = (byte) (bits >> 4);
      unused = bits & 0xf;
    }
    return bad >= 0 && unused == 0;
  }

  /// Negative for what is not in the alphabet.
  private static int value(byte[] text, int at) {
    return VALUES[text[at] & 0xff];
  }

  /// Writes the text of `raw` at `at` and answers the offset after it.
  static int write(byte[] raw, byte[] text, int at) {
    int from = 0;
    int next = at;
    for (; from + 3 <= raw.length; from += 3) {
      int bits = (raw[from] & 0xff) << 16 | (raw[from + 1] & 0xff) << 8 | (raw[from + 2] & 0xff);
      text[next] = ALPHABET[bits >> 18];
      text[next + 1] = ALPHABET[bits >> 12 & 0x3f];
      text[next + 2] = ALPHABET[bits >> 6 & 0x3f];
      text[next + 3] = ALPHABET[bits & 0x3f];
      next += 4;
    }
    int left = raw.length - from;
    if (left == 1) {
      int bits = (raw[from] & 0xff) << 4;
      text[next++] = ALPHABET[bits >> 6];
      text[next++] = ALPHABET[bits & 0x3f];
    } else if (left == 2) {
      int bits = (raw[from] & 0xff) << 10 | (raw[from + 1] & 0xff) << 2;
      text[next++] = ALPHABET[bits >> 12];
      text[next++] = ALPHABET[bits >> 6 & 0x3f];
      text[next++] = ALPHABET[bits & 0x3f];
    }
    return next;
  }
}
