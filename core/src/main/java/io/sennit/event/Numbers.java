package io.sennit.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers: the nearest IEEE double, in the shortest form that ECMAScript prints (RFC 8785
/// §3.2.2.3).
final class Numbers {
  /// From here on neighbouring integers share a double.
  static final double AMBIGUOUS_FROM = 0x1p53;

  /// From here on ECMAScript prints an exponent, so nobody takes the number for an integer.
  static final double AMBIGUOUS_TO = 1e21;

  private Numbers() {}

  /// Why the format has no place for a number, or null when it has.
  ///
  /// @param text a number as JSON writes it
  /// @param value the double nearest to it
  static @Nullable Reason fault(String text, double value) {
    double size = Math.abs(value);
    if (size == Double.POSITIVE_INFINITY) {
      return Reason.NUMBER_NOT_FINITE;
    }
    if (size >= AMBIGUOUS_FROM && size < AMBIGUOUS_TO) {
      return Reason.NUMBER_AMBIGUOUS;
    }
    return size == 0 && !saysZero(text) ? Reason.NUMBER_UNDERFLOW : null;
  }

  /// What to change about a number with this fault.
  static String advice(Reason fault) {
    return switch (fault) {
      case NUMBER_NOT_FINITE -> "the number is too large for a double; write it as a string";
      case NUMBER_AMBIGUOUS ->
          "readers disagree about numbers from 2^53 to below 10^21; write it as a string";
      case NUMBER_UNDERFLOW -> "the number rounds to zero; write it as a string, or 0";
      default -> throw new IllegalArgumentException("not a fault of numbers: " + fault);
    };
  }

  private static boolean saysZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }

  /// How ECMAScript prints a finite double: `Number::toString` with radix 10.
  static String format(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    var digits = shortest(size);
    return (value < 0 ? "-" : "") + place(digits.text, digits.point);
  }

  /// Significant digits of a number 0.d₁d₂… × 10^point.
  private record Digits(String text, int point) {}

  /// The shortest digits that round to `size`, from [Double#toString(double)], which gives just
  /// those; but at least two of them, even where one would do.
  private static Digits shortest(double size) {
    var java = Double.toString(size);
    int exponentAt = java.indexOf('E');
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(java, exponentAt + 1, java.length(), 10);
    var mantissa = exponentAt < 0 ? java : java.substring(0, exponentAt);
    int dot = mantissa.indexOf('.');
    var all = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int first = 0;
    while (all.charAt(first) == '0') {
      first++;
    }
    int last = all.length();
    while (all.charAt(last - 1) == '0') {
      last--;
    }
    var digits = new Digits(all.substring(first, last), dot + exponent - first);
    return size < Double.MIN_NORMAL && digits.text.length() == 2 ? oneDigit(size, digits) : digits;
  }

  /// One digit instead of two, where the smallest doubles lie so far apart that it is enough.
  private static Digits oneDigit(double size, Digits two) {
    int lower = two.text.charAt(0) - '0';
    var below = BigDecimal.valueOf(lower).scaleByPowerOfTen(two.point - 1);
    var above = BigDecimal.valueOf(lower + 1).scaleByPowerOfTen(two.point - 1);
    boolean belowFits = below.doubleValue() == size;
    boolean aboveFits = above.doubleValue() == size;
    if (!belowFits && !aboveFits) {
      return two;
    }
    var exact = new BigDecimal(size);
    boolean takeAbove =
        aboveFits && (!belowFits || above.subtract(exact).compareTo(exact.subtract(below)) < 0);
    if (takeAbove) {
      return lower == 9 ? new Digits("1", two.point + 1) : new Digits("" + (lower + 1), two.point);
    }
    return new Digits("" + lower, two.point);
  }

  private static String place(String digits, int point) {
    int count = digits.length();
    if (point > 21 || point < -5) {
      int exponent = point - 1;
      var mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return count <= point
        ? digits + "0".repeat(point - count)
        : digits.substring(0, point) + "." + digits.substring(point);
  }
}
