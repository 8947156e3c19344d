package io.sennit.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One line of a result: what was measured, and the value of every round.
///
/// @param unit for example `events/s`
/// @param rounds in the order measured
record Figure(String name, String unit, List<Double> rounds) {
  Figure {
    rounds = List.copyOf(rounds);
  }

  static Figure once(String name, String unit, double value) {
    return new Figure(name, unit, List.of(value));
  }

  /// Of each round, this divided by that.
  Figure over(Figure limit, String name) {
    var ratios = new Double[rounds.size()];
    Arrays.setAll(ratios, i -> rounds.get(i) / limit.rounds.get(i));
    return new Figure(name, "×", List.of(ratios));
  }

  double median() {
    var sorted = rounds.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double lowest() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double highest() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /// Three digits that matter, as people read them.
  static String text(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
