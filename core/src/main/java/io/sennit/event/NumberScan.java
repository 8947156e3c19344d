package io.sennit.event;

import java.nio.charset.StandardCharsets;

/// Scans one canonical number.
///
/// Decimals of at most 15 significant digits and moderate size all have doubles of their own, so
/// their canonical form is recognised by its characters. Any other number is parsed, printed and
/// compared.
final class NumberScan {
  /// Digits that a double always holds.
  private static final int SAFE_DIGITS = 15;

  /// ECMAScript prints an exponent for numbers with more zeros after the point.
  private static final int LEADING_ZEROS_MAX = 5;

  private NumberScan() {}

  /// The offset after the number.
  ///
  /// @param from offset of the `-` or the first digit
  static int end(Form form, int from) {
    int start = form.peek(from) == '-' ? from + 1 : from;
    int at = digits(form, start);
    int whole = at - start;
    boolean leadingZero = form.peek(start) == '0';
    boolean plain = whole > 0 && (!leadingZero || whole == 1);
    int next = form.peek(at);
    if (next != '.' && next != 'e' && next != 'E') {
      boolean minusZero = leadingZero && start > from;
      return plain && whole <= SAFE_DIGITS && !minusZero ? at : slow(form, from);
    }
    if (next != '.' || !plain) {
      return slow(form, from);
    }
    int fraction = at + 1;
    at = digits(form, fraction);
    next = form.peek(at);
    boolean safe =
        at > fraction
            && whole + at - fraction <= SAFE_DIGITS
            && form.peek(at - 1) != '0'
            && next != 'e'
            && next != 'E'
            && (!leadingZero || zeros(form, fraction) <= LEADING_ZEROS_MAX);
    return safe ? at : slow(form, from);
  }

  private static int digits(Form form, int from) {
    int at = from;
    while (isDigit(form.peek(at))) {
      at++;
    }
    return at;
  }

  private static int zeros(Form form, int from) {
    int at = from;
    while (form.peek(at) == '0') {
      at++;
    }
    return at - from;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private static int slow(Form form, int from) {
    int end = grammar(form, from);
    if (end < 0) {
      return end;
    }
    var text = new String(form.bytes, from, end - from, StandardCharsets.US_ASCII);
    double value = Double.parseDouble(text);
    var fault = Numbers.fault(text, value);
    if (fault != null) {
      return form.refuse(fault, from, Numbers.advice(fault));
    }
    var canonical = Numbers.format(value);
    return canonical.equals(text)
        ? end
        : form.refuse(Reason.NOT_CANONICAL, from, "write the number as " + canonical);
  }

  /// The offset after what RFC 8259 §6 calls a number.
  private static int grammar(Form form, int from) {
    int at = form.peek(from) == '-' ? from + 1 : from;
    if (form.peek(at) == '0') {
      at++;
      if (isDigit(form.peek(at))) {
        return form.refuse(Reason.NOT_JSON, from, "a number has no leading zeros");
      }
    } else {
      at = someDigits(form, at);
    }
    if (at >= 0 && form.peek(at) == '.') {
      at = someDigits(form, at + 1);
    }
    if (at >= 0 && (form.peek(at) == 'e' || form.peek(at) == 'E')) {
      boolean sign = form.peek(at + 1) == '+' || form.peek(at + 1) == '-';
      at = someDigits(form, sign ? at + 2 : at + 1);
    }
    return at;
  }

  private static int someDigits(Form form, int from) {
    int at = digits(form, from);
    return at > from ? at : form.broken(from, "a digit");
  }
}
