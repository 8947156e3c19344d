package io.sennit.bench;

import java.util.Locale;

/// What a figure must reach.
///
/// @param value in the figure's unit
/// @param atLeast whether more is better; else the figure must not exceed it
record Target(double value, boolean atLeast) {
  static Target atLeast(double value) {
    return new Target(value, true);
  }

  static Target atMost(double value) {
    return new Target(value, false);
  }

  boolean reachedBy(double median) {
    return atLeast ? median >= value : median <= value;
  }

  /// `reached`, or by what factor it is missed.
  String verdict(double median) {
    if (reachedBy(median)) {
      return "reached";
    }
    double factor = atLeast ? value / median : median / value;
    return String.format(Locale.ROOT, "missed by %.2f ×", factor);
  }

  /// As people read it, for example `≥ 500,000`.
  String text() {
    return (atLeast ? "≥ " : "≤ ") + Figure.text(value);
  }
}
