package io.sennit.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Scans the inside of canonical strings: raw UTF-8, and only the escapes of RFC 8785 §3.2.2.2 in
/// their one spelling.
final class Strings {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Strings() {}

  /// The offset of the closing quote.
  ///
  /// @param from offset after the opening quote
  static int end(Form form, int from) {
    var bytes = form.bytes;
    int at = plain(bytes, from);
    while (at < bytes.length) {
      int b = bytes[at];
      if (b == '"') {
        return at;
      }
      if (b == '\\') {
        at = escape(form, at);
        if (at < 0) {
          return at;
        }
      } else if (b < 0) {
        int length = Utf8.length(bytes, at);
        if (length == 0) {
          return form.notUtf8(at);
        }
        at += length;
      } else {
        return form.refuse(Reason.NOT_JSON, at, "a control character in a string; escape it");
      }
      at = plain(bytes, at);
    }
    return form.broken(at, "the rest of a string");
  }

  /// The offset of the next byte that is no plain ASCII: eight bytes at a time, each of which sets
  /// its high bit when it has one already, is below a space, or is `"` or `\`.
  private static int plain(byte[] bytes, int from) {
    int at = from;
    while (at + Long.BYTES <= bytes.length) {
      long word = (long) WORD.get(bytes, at);
      long marked =
          (word
                  | (word - ' ' * EACH)
                  | ((word ^ '"' * EACH) - EACH)
                  | ((word ^ '\\' * EACH) - EACH))
              & HIGH_BITS;
      if (marked != 0) {
        return at + Long.numberOfTrailingZeros(marked) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  private static int escape(Form form, int at) {
    form.escapes++;
    return switch (form.peek(at + 1)) {
      case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case '/' -> spelling(form, at, "write / without the backslash");
      case 'u' -> hexEscape(form, at);
      default -> form.broken(at + 1, "an escape");
    };
  }

  private static int hexEscape(Form form, int at) {
    int unit = hex(form, at + 2);
    if (unit < 0) {
      return form.refuse(Reason.NOT_JSON, at, "four hexadecimal digits follow \\u");
    }
    if (Character.isLowSurrogate((char) unit)) {
      return loneSurrogate(form, at);
    }
    if (Character.isHighSurrogate((char) unit)) {
      boolean pair =
          form.peek(at + 6) == '\\'
              && form.peek(at + 7) == 'u'
              && Character.isLowSurrogate((char) Math.max(0, hex(form, at + 8)));
      return pair ? spelling(form, at, "write the character itself") : loneSurrogate(form, at);
    }
    if (unit >= ' ') {
      return spelling(form, at, "write the character itself, or \\\" or \\\\");
    }
    if ((unit >= '\b' && unit <= '\n') || unit == '\f' || unit == '\r') {
      return spelling(form, at, "use the short escape");
    }
    return Character.isUpperCase(form.peek(at + 5))
        ? spelling(form, at, "use lowercase hexadecimal digits")
        : at + 6;
  }

  private static int spelling(Form form, int at, String advice) {
    return form.refuse(Reason.NOT_CANONICAL, at, advice);
  }

  private static int loneSurrogate(Form form, int at) {
    return form.refuse(
        Reason.LONE_SURROGATE, at, "half of a surrogate pair is no character; remove it");
  }

  /// The value of four hexadecimal digits, or -1.
  private static int hex(Form form, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(form.peek(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /// The characters that a scanned string stands for.
  static String decode(byte[] bytes, int from, int to) {
    var raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    var text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = raw.charAt(++i);
      switch (c) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
          i += 4;
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }
}
