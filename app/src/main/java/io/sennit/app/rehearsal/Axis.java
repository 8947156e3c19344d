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
record Axis(double low, double high, double from, double to, DoubleFunction<String> unit) {
  private static final int TICKS = 5;

  /// A linear axis whose end is a round number at or above `high`.
  static Axis upTo(double low, double high, double from, double to, DoubleFunction<String> unit) {
    double span = high > low ? high - low : Math.max(1, Math.abs(low));
    double step = step(span);
    return new Axis(low, low + Math.ceil(span / step - 1e-9) * step, from, to, unit);
  }

  double pixel(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /// Round numbers.
  List<Double> ticks() {
    double step = step(high - low);
    var ticks = new ArrayList<Double>();
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
