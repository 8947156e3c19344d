package io.sennit.event;

/// UTF-8 as RFC 3629 has it: nothing overlong, no surrogates, nothing past U+10FFFF.
final class Utf8 {
  private Utf8() {}

  /// How many bytes the character at `at` takes, or 0 when no character stands there.
  static int length(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xe0) {
      return lead >= 0xc2 && continues(bytes, at + 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (lead < 0xf0) {
      int least = lead == 0xe0 ? 0xa0 : 0x80;
      int most = lead == 0xed ? 0x9f : 0xbf;
      return continues(bytes, at + 1, least, most) && continues(bytes, at + 2, 0x80, 0xbf) ? 3 : 0;
    }
    int least = lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xf4 ? 0x8f : 0xbf;
    return lead <= 0xf4
            && continues(bytes, at + 1, least, most)
            && continues(bytes, at + 2, 0x80, 0xbf)
            && continues(bytes, at + 3, 0x80, 0xbf)
        ? 4
        : 0;
  }

  private static boolean continues(byte[] bytes, int at, int least, int most) {
    return at < bytes.length && (bytes[at] & 0xff) >= least && (bytes[at] & 0xff) <= most;
  }

  /// The offset of the first byte that is not UTF-8, or -1 when all are.
  static int firstFault(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = length(bytes, at);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /// Whether the text begins with a byte order mark.
  static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }
}
