package io.sennit.app.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// One direction of a chart: from a value to a pixel, and where its ticks are.
///
/// @param low value at the first pixel
/// @param high value at the last one, above `low`
/// @param from first pixel
/// @param to last pixel
/// @param unit how a value is written at a tick
/// @param logarithmic whether each tick is ten times the one before; then `low` is above 0
record Axis(
    double low,
    double high,
    double from,
    double to,
    DoubleFunction<String> unit,
    boolean logarithmic) {
  private static final int TICKS = 5;

  /// A linear axis whose end is a round number at or above `high`.
  static Axis upTo(double low, double high, double from, double to, DoubleFunction<String> unit) {
    double span = high > low ? high - low : Math.max(1, Math.abs(low));
    double step = step(span);
    return new Axis(low, low + Math.ceil(span / step - 1e-9) * step, from, to, unit, false);
  }

  /// A logarithmic axis from one power of ten to another.
  static Axis powers(double low, double high, double from, double to, DoubleFunction<String> unit) {
    double first = Math.floor(Math.log10(low));
    double last = Math.max(first + 1, Math.ceil(Math.log10(high)));
    return new Axis(Math.pow(10, first), Math.pow(10, last), from, to, unit, true);
  }

  double pixel(double value) {
    double share =
        logarithmic
            ? Math.log10(Math.max(value, low) / low) / Math.log10(high / low)
            : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /// Round numbers.
  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    if (logarithmic) {
      for (int power = (int) Math.round(Math.log10(low));
          power <= Math.log10(high) + 1e-9;
          power++) {
        ticks.add(Math.pow(10, power));
      }
      return ticks;
    }
    double step = step(high - low);
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /// 1, 2 or 5 times a power of ten, so that a handful of them makes the span.
  private static double step(double span) {
    double rough = span / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 5}) {
      if (rough <= factor * power * (1 + 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
