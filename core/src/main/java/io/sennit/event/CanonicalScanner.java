package io.sennit.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks once over bytes that should be canonical JSON (RFC 8785) and checks every byte on the way.
///
/// It builds nothing. Nested objects and arrays are kept on a stack of at most 64, so no input can
/// make it recurse; every byte is looked at a bounded number of times.
final class CanonicalScanner {
  private final byte[] bytes;
  private final int end;
  private int at;

  /// For each open object or array, from depth 1: whether it is an object, and its last name's
  /// text.
  private final boolean[] isObject = new boolean[Limits.DEPTH_MAX + 1];

  private final int[] nameFrom = new int[Limits.DEPTH_MAX + 1];
  private final int[] nameTo = new int[Limits.DEPTH_MAX + 1];
  private int depth;

  CanonicalScanner(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /// Offset of the next byte.
  int at() {
    return at;
  }

  /// Opens the event object.
  void openEvent() throws Fault {
    if (end >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
      throw new Fault(Reason.NOT_UTF8, "the text begins with a byte order mark: leave it out");
    }
    if (end == 0 || bytes[0] != '{') {
      throw wrong(Reason.NOT_AN_OBJECT, "an event is one JSON object");
    }
    at = 1;
    depth = 1;
    isObject[1] = true;
    nameTo[1] = -1;
  }

  /// Reads the next name of the event object and the colon after it.
  ///
  /// @return whether there is one; false at the closing brace, which is then behind us
  boolean nextMember() throws Fault {
    if (nameTo[1] < 0) {
      if (peek() == '}') {
        at++;
        return false;
      }
    } else if (peek() == '}') {
      at++;
      return false;
    } else {
      expect(',');
    }
    name();
    return true;
  }

  /// Nothing may follow.
  void closeEvent() throws Fault {
    if (at != end) {
      throw wrong(Reason.NOT_JSON, "the event ends, but bytes follow");
    }
  }

  /// Offset of the opening quote of the event's last name.
  int memberFrom() {
    return nameFrom[1] - 1;
  }

  /// Whether the event's last name is this one, which needs no escapes.
  boolean isName(byte[] name) {
    int length = nameTo[1] - nameFrom[1];
    return length == name.length && Arrays.equals(bytes, nameFrom[1], nameTo[1], name, 0, length);
  }

  /// Whether the event's last name is greater than this one, which needs no escapes.
  boolean isNameAbove(byte[] name) {
    return compare(name, 0, name.length, bytes, nameFrom[1], nameTo[1]) < 0;
  }

  int peek() throws Fault {
    if (at >= end) {
      throw new Fault(Reason.NOT_JSON, "the text ends too early");
    }
    return bytes[at];
  }

  void expect(int wanted) throws Fault {
    int found = peek();
    if (found != wanted) {
      throw unexpected(found, "'" + (char) wanted + "'");
    }
    at++;
  }

  /// Skips one value of any kind.
  void value() throws Fault {
    int base = depth;
    while (true) {
      boolean opened = valueOrOpening();
      while (!opened && depth > base) { // a value ended inside an object or array
        int next = peek();
        if (next == ',') {
          at++;
          if (isObject[depth]) {
            name();
          }
          break;
        }
        expect(isObject[depth] ? '}' : ']');
        depth--;
      }
      if (!opened && depth == base) {
        return;
      }
    }
  }

  /// @return true when an object or array was opened and a value is to follow in it
  private boolean valueOrOpening() throws Fault {
    int first = peek();
    switch (first) {
      case '{' -> {
        open(true);
        if (peek() != '}') {
          name();
          return true;
        }
        at++;
        depth--;
      }
      case '[' -> {
        open(false);
        if (peek() != ']') {
          return true;
        }
        at++;
        depth--;
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
    return false;
  }

  private void open(boolean object) throws Fault {
    if (depth == Limits.DEPTH_MAX) {
      throw wrong(Reason.TOO_DEEP, "nesting over " + Limits.DEPTH_MAX);
    }
    at++;
    depth++;
    isObject[depth] = object;
    nameTo[depth] = -1;
  }

  private void name() throws Fault {
    int previousFrom = nameFrom[depth];
    int previousTo = nameTo[depth];
    if (peek() != '"') {
      throw unexpected(peek(), "a name");
    }
    int from = at + 1;
    string();
    int to = at - 1;
    expect(':');
    nameFrom[depth] = from;
    nameTo[depth] = to;
    if (previousTo >= 0) {
      int order = compareNames(previousFrom, previousTo, from, to);
      if (order == 0) {
        throw wrong(
            Reason.DUPLICATE_NAME, "the name " + text(from, to) + " stands twice in one object");
      }
      if (order > 0) {
        throw wrong(
            Reason.NOT_CANONICAL, "the name " + text(from, to) + " stands behind a greater one");
      }
    }
  }

  private int compareNames(int aFrom, int aTo, int bFrom, int bTo) {
    if (hasEscape(aFrom, aTo) || hasEscape(bFrom, bTo)) {
      return unescaped(aFrom, aTo).compareTo(unescaped(bFrom, bTo));
    }
    return compare(bytes, aFrom, aTo, bytes, bFrom, bTo);
  }

  /// Compares UTF-8 texts by UTF-16 code units: as bytes, but for the four-byte characters, whose
  /// surrogates (from D800) stand below the three-byte characters from E000 on.
  private static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int mismatch = Arrays.mismatch(a, aFrom, aTo, b, bFrom, bTo);
    if (mismatch < 0) {
      return 0;
    }
    if (aFrom + mismatch == aTo) {
      return -1;
    }
    if (bFrom + mismatch == bTo) {
      return 1;
    }
    int x = a[aFrom + mismatch] & 0xff;
    int y = b[bFrom + mismatch] & 0xff;
    boolean surrogates = (x >= 0xf0) != (y >= 0xf0);
    if (surrogates && Math.min(x, y) >= 0xee) {
      return x >= 0xf0 ? -1 : 1;
    }
    return x - y;
  }

  private boolean hasEscape(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private String unescaped(int from, int to) {
    var text = new StringBuilder();
    var raw = text(from, to);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char kind = raw.charAt(++i);
      switch (kind) {
        case 'b' -> text.append('\b');
        case 't' -> text.append('\t');
        case 'n' -> text.append('\n');
        case 'f' -> text.append('\f');
        case 'r' -> text.append('\r');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(kind);
      }
    }
    return text.toString();
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// Skips a string, from its opening quote to behind its closing one.
  void string() throws Fault {
    if (peek() != '"') {
      throw unexpected(peek(), "a string");
    }
    at++;
    while (true) {
      int next = peek();
      if (next == '"') {
        at++;
        return;
      } else if (next == '\\') {
        escape();
      } else if (next < 0) {
        character();
      } else if (next < 0x20) {
        throw wrong(Reason.NOT_JSON, "a control character stands in a string unescaped");
      } else {
        at++;
      }
    }
  }

  private void escape() throws Fault {
    at++;
    int kind = peek();
    at++;
    switch (kind) {
      case '"', '\\', 'b', 't', 'n', 'f', 'r' -> {
        // The only short escapes of the canonical form.
      }
      case 'u' -> {
        int unit = hexUnit();
        if (Character.isSurrogate((char) unit)) {
          boolean pair =
              Character.isHighSurrogate((char) unit)
                  && at + 1 < end
                  && bytes[at] == '\\'
                  && bytes[at + 1] == 'u';
          if (pair) {
            at += 2;
            pair = Character.isLowSurrogate((char) hexUnit());
          }
          if (!pair) {
            throw wrong(Reason.LONE_SURROGATE, "half of a surrogate pair");
          }
        }
        boolean canonical = unit < 0x20 && "\b\t\n\f\r".indexOf(unit) < 0 && lowercaseHex();
        if (!canonical) {
          throw wrong(Reason.NOT_CANONICAL, "a character is escaped that stands for itself");
        }
      }
      case '/' -> throw wrong(Reason.NOT_CANONICAL, "a slash is escaped");
      default -> throw wrong(Reason.NOT_JSON, "no such escape");
    }
  }

  private int hexUnit() throws Fault {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || bytes[at] < 0) {
        throw wrong(Reason.NOT_JSON, "an escape has four hexadecimal digits");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return unit;
  }

  private boolean lowercaseHex() {
    return bytes[at - 1] < 'A' || bytes[at - 1] > 'F';
  }

  /// One character of two to four bytes (Unicode 15, table 3-7).
  private void character() throws Fault {
    int lead = bytes[at] & 0xff;
    int second = at + 1 < end ? bytes[at + 1] & 0xff : 0;
    int length;
    boolean valid;
    if (lead >= 0xc2 && lead <= 0xdf) {
      length = 2;
      valid = isContinuation(second);
    } else if (lead >= 0xe0 && lead <= 0xef) {
      length = 3;
      int lowest = lead == 0xe0 ? 0xa0 : 0x80;
      int highest = lead == 0xed ? 0x9f : 0xbf;
      valid = second >= lowest && second <= highest && continues(2);
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      length = 4;
      int lowest = lead == 0xf0 ? 0x90 : 0x80;
      int highest = lead == 0xf4 ? 0x8f : 0xbf;
      valid = second >= lowest && second <= highest && continues(2) && continues(3);
    } else {
      length = 1;
      valid = false;
    }
    if (!valid) {
      throw wrong(Reason.NOT_UTF8, "the bytes are no UTF-8");
    }
    at += length;
  }

  private boolean continues(int offset) {
    return at + offset < end && isContinuation(bytes[at + offset] & 0xff);
  }

  private static boolean isContinuation(int next) {
    return next >= 0x80 && next <= 0xbf;
  }

  private void literal(String word) throws Fault {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw wrong(Reason.NOT_JSON, "no JSON value begins like this");
      }
      at++;
    }
  }

  /// Skips a number.
  void number() throws Fault {
    int from = at;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int first = peek();
    if (first < '0' || first > '9') {
      throw unexpected(first, "a JSON value");
    }
    int digits = digits();
    if (first == '0' && digits > 1) {
      throw wrong(Reason.NOT_JSON, "a number begins with a zero too many");
    }
    boolean integer = true;
    if (at < end && bytes[at] == '.') {
      integer = false;
      at++;
      requireDigits();
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      integer = false;
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      requireDigits();
    }
    if (integer && digits <= 15 && !(negative && first == '0')) {
      return;
    }
    var token = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
    double number = Double.parseDouble(token);
    var rejection = Numbers.fault(token, number);
    if (rejection.isPresent()) {
      throw new Fault(rejection.get().reason(), rejection.get().detail());
    }
    if (!Numbers.format(number).equals(token)) {
      throw wrong(
          Reason.NOT_CANONICAL, "the number " + token + " is written " + Numbers.format(number));
    }
  }

  private void requireDigits() throws Fault {
    if (digits() == 0) {
      throw wrong(Reason.NOT_JSON, "a digit is missing in a number");
    }
  }

  private int digits() {
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private Fault unexpected(int found, String wanted) {
    if (found == ' ' || found == '\t' || found == '\n' || found == '\r') {
      return wrong(Reason.NOT_CANONICAL, "white space");
    }
    return wrong(Reason.NOT_JSON, wanted + " is missing");
  }

  /// A fault at the present offset.
  Fault wrong(Reason reason, String what) {
    return new Fault(reason, what + " (byte " + at + ")");
  }
}
