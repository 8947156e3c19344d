package io.sennit.event;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// ECMAScript's numbers, from the words of its specification and with exact decimals.
final class ReferenceNumbers {
  private static final BigDecimal AMBIGUOUS_FROM = new BigDecimal("9007199254740992");
  private static final BigDecimal AMBIGUOUS_TO = new BigDecimal("1e21");

  /// Greater than the number of digits in any test, and more than [BigDecimal] takes.
  private static final Pattern EXPONENT_OF_SEVEN_DIGITS =
      Pattern.compile("([-.0-9]+)[eE]([+-]?)0*[1-9][0-9]{6,}");

  private ReferenceNumbers() {}

  /// What the format says against a number, or null.
  static @Nullable Reason fault(String text) {
    var beyond = EXPONENT_OF_SEVEN_DIGITS.matcher(text);
    if (beyond.matches()) {
      return beyond.group(1).matches("[-0.]*")
          ? null
          : beyond.group(2).equals("-") ? Reason.NUMBER_UNDERFLOW : Reason.NUMBER_NOT_FINITE;
    }
    var exact = new BigDecimal(text);
    double value = exact.doubleValue();
    if (Double.isInfinite(value)) {
      return Reason.NUMBER_NOT_FINITE;
    }
    if (value == 0) {
      return exact.signum() == 0 ? null : Reason.NUMBER_UNDERFLOW;
    }
    var size = new BigDecimal(value).abs();
    return size.compareTo(AMBIGUOUS_FROM) >= 0 && size.compareTo(AMBIGUOUS_TO) < 0
        ? Reason.NUMBER_AMBIGUOUS
        : null;
  }

  /// `Number::toString` (ECMA-262 §6.1.6.1.20): as few digits as give the same double; of those the
  /// nearest; of two the even one.
  static String format(double value) {
    if (value == 0) {
      return "0";
    }
    if (value < 0) {
      return "-" + format(-value);
    }
    var exact = new BigDecimal(value);
    var floor = exact.round(new MathContext(20, RoundingMode.FLOOR));
    var ceiling = exact.round(new MathContext(20, RoundingMode.CEILING));
    for (int digits = 1; digits <= 17; digits++) {
      var below = floor.round(new MathContext(digits, RoundingMode.FLOOR));
      var above = ceiling.round(new MathContext(digits, RoundingMode.CEILING));
      var nearest =
          Stream.of(below, above)
              .filter(candidate -> candidate.doubleValue() == value)
              .min((a, b) -> {
                int order = a.subtract(exact).abs().compareTo(b.subtract(exact).abs());
                return order != 0 ? order : Boolean.compare(isOdd(a), isOdd(b));
              });
      if (nearest.isPresent()) {
        return place(nearest.get().stripTrailingZeros());
      }
    }
    throw new AssertionError("17 digits always do: " + value);
  }

  private static boolean isOdd(BigDecimal decimal) {
    return decimal.unscaledValue().testBit(0);
  }

  private static String place(BigDecimal decimal) {
    var digits = decimal.unscaledValue().toString();
    int k = digits.length();
    int n = k - decimal.scale();
    if (k <= n && n <= 21) {
      return digits + "0".repeat(n - k);
    }
    if (0 < n && n <= 21) {
      return digits.substring(0, n) + "." + digits.substring(n);
    }
    if (-6 < n && n <= 0) {
      return "0." + "0".repeat(-n) + digits;
    }
    var mantissa = k == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + (n > 0 ? "e+" : "e-") + Math.abs(n - 1);
  }
}
