package io.sennit.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Canonical JSON in the making, as UTF-8.
final class CanonicalText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  static byte[] ofAscii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  CanonicalText(int sizeBytesExpected) {
    bytes = new byte[sizeBytesExpected];
  }

  int length() {
    return length;
  }

  /// What was written, with room behind it.
  byte[] bytes() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void need(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /// One character of ASCII.
  CanonicalText put(char c) {
    need(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /// ASCII as it is.
  CanonicalText ascii(String text) {
    need(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  /// Canonical bytes as they are.
  CanonicalText bytes(byte[] canonical, int from, int to) {
    need(to - from);
    System.arraycopy(canonical, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  /// The last byte.
  int last() {
    return bytes[length - 1];
  }

  /// Takes the place of the last byte.
  void replaceLast(char c) {
    bytes[length - 1] = (byte) c;
  }

  /// A string in quotes; false when it holds half of a surrogate pair.
  boolean string(String text) {
    return string(text.toCharArray(), 0, text.length());
  }

  /// A string in quotes; false when it holds half of a surrogate pair.
  boolean string(char[] chars, int from, int count) {
    need(count + 2);
    bytes[length++] = '"';
    int to = from + count;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        need(1);
        bytes[length++] = (byte) c;
      } else if (c < 0x80) {
        escape(c);
      } else if (!Character.isSurrogate(c)) {
        encode(c);
      } else if (i + 1 < to && Character.isSurrogatePair(c, chars[i + 1])) {
        encode(Character.toCodePoint(c, chars[++i]));
      } else {
        return false;
      }
    }
    put('"');
    return true;
  }

  private void escape(char c) {
    need(6);
    bytes[length++] = '\\';
    switch (c) {
      case '\b' -> bytes[length++] = 'b';
      case '\t' -> bytes[length++] = 't';
      case '\n' -> bytes[length++] = 'n';
      case '\f' -> bytes[length++] = 'f';
      case '\r' -> bytes[length++] = 'r';
      case '"', '\\' -> bytes[length++] = (byte) c;
      default -> {
        ascii("u00");
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 0xf];
      }
    }
  }

  private void encode(int codePoint) {
    need(4);
    if (codePoint < 0x800) {
      bytes[length++] = (byte) (0xc0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        bytes[length++] = (byte) (0xe0 | codePoint >> 12);
      } else {
        bytes[length++] = (byte) (0xf0 | codePoint >> 18);
        bytes[length++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
      }
      bytes[length++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
    }
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
  }
}
