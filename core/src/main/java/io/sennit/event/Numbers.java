package io.sennit.event;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Numbers as RFC 8785 writes them: the shortest digits that give the same IEEE double, laid out as
/// ECMAScript's `Number::toString` does.
final class Numbers {
  /// From here on, doubles are not all the integers there are.
  static final double AMBIGUOUS_FROM = 0x1p53;

  /// From here on, numbers are written with an exponent.
  static final double AMBIGUOUS_TO = 1e21;

  private Numbers() {}

  /// What is wrong with the number that this JSON token spells.
  static Optional<Rejection> fault(String token, double number) {
    double size = Math.abs(number);
    if (Double.isInfinite(number)) {
      return fault(Reason.NUMBER_NOT_FINITE, token, "is too large for a double");
    }
    if (size >= AMBIGUOUS_FROM && size < AMBIGUOUS_TO) {
      return fault(
          Reason.NUMBER_AMBIGUOUS, token, "lies between 2^53 and 10^21: write it as a string");
    }
    if (number == 0 && hasDigitAboveZero(token)) {
      return fault(Reason.NUMBER_UNDERFLOW, token, "would become zero: write it as a string");
    }
    return Optional.empty();
  }

  private static Optional<Rejection> fault(Reason reason, String token, String what) {
    var shown = token.length() > 40 ? token.substring(0, 40) + "…" : token;
    return Optional.of(new Rejection(reason, "the number " + shown + " " + what));
  }

  private static boolean hasDigitAboveZero(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c == 'e' || c == 'E') {
        return false;
      }
      if (c >= '1' && c <= '9') {
        return true;
      }
    }
    return false;
  }

  /// The canonical text of a finite number.
  static String format(double number) {
    if (number == 0) {
      return "0";
    }
    if (number < 0) {
      return "-" + format(-number);
    }
    // Double.toString gives d.dddE±n or ddd.ddd with the shortest digits, but never fewer than two.
    var text = Double.toString(number);
    int e = text.indexOf('E');
    var mantissa = e < 0 ? text : text.substring(0, e);
    int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
    int point = mantissa.indexOf('.');
    var digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int magnitude = point + exponent; // number = 0.digits × 10^magnitude
    int zeros = 0;
    while (digits.charAt(zeros) == '0') {
      zeros++;
    }
    digits = digits.substring(zeros);
    magnitude -= zeros;
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    digits = digits.substring(0, end);
    if (digits.length() == 2) {
      var shorter = oneDigit(number, digits, magnitude);
      if (shorter != null) {
        return layOut(shorter.unscaledValue().toString(), magnitude(shorter));
      }
    }
    return layOut(digits, magnitude);
  }

  /// The one-digit number that reads back as the same double, nearest to it, if there is one.
  private static @Nullable BigDecimal oneDigit(double number, String digits, int magnitude) {
    int first = digits.charAt(0) - '0';
    var exact = new BigDecimal(number);
    BigDecimal best = null;
    for (int digit = first; digit <= first + 1; digit++) {
      var candidate = BigDecimal.valueOf(digit, 1 - magnitude).stripTrailingZeros();
      if (candidate.doubleValue() == number
          && (best == null
              || candidate.subtract(exact).abs().compareTo(best.subtract(exact).abs()) < 0)) {
        best = candidate;
      }
    }
    return best;
  }

  private static int magnitude(BigDecimal oneDigit) {
    return 1 - oneDigit.scale();
  }

  private static String layOut(String digits, int magnitude) {
    int count = digits.length();
    if (count <= magnitude && magnitude <= 21) {
      return digits + "0".repeat(magnitude - count);
    }
    if (0 < magnitude && magnitude <= 21) {
      return digits.substring(0, magnitude) + "." + digits.substring(magnitude);
    }
    if (-6 < magnitude && magnitude <= 0) {
      return "0." + "0".repeat(-magnitude) + digits;
    }
    int exponent = magnitude - 1;
    var fraction = count == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
