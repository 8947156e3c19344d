package io.sennit.event;

import java.util.Arrays;

/// base64url without padding (RFC 4648 §5), in and out of the bytes of events.
final class Base64Url {
  private static final byte[] ALPHABET = alphabet();
  private static final byte[] VALUES = values();

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

  private static byte[] values() {
    var values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      values[ALPHABET[i]] = (byte) i;
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
    int bits = 0;
    int held = 0;
    int written = 0;
    int bad = 0;
    for (int i = at; i < at + length(raw.length); i++) {
      int value = VALUES[text[i] & 0xff];
      bad |= value;
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        raw[written++] = (byte) (bits >> held);
      }
    }
    return bad >= 0 && (bits & (1 << held) - 1) == 0;
  }

  /// Writes the text of `raw` at `at` and answers the offset after it.
  static int write(byte[] raw, byte[] text, int at) {
    int bits = 0;
    int held = 0;
    int next = at;
    for (byte b : raw) {
      bits = bits << 8 | (b & 0xff);
      held += 8;
      while (held >= 6) {
        held -= 6;
        text[next++] = ALPHABET[bits >> held & 0x3f];
      }
    }
    if (held > 0) {
      text[next++] = ALPHABET[bits << (6 - held) & 0x3f];
    }
    return next;
  }
}
