package io.sennit.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of a result: what was measured, and the value of every round.
///
/// @param unit for example `events/s`
/// @param rounds in the order measured
/// @param target what it must reach, or null when nobody asks for anything
record Figure(String name, String unit, List<Double> rounds, @Nullable Target target) {
  Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(name + " has no rounds");
    }
  }

  Figure(String name, String unit, List<Double> rounds) {
    this(name, unit, rounds, null);
  }

  static Figure once(String name, String unit, double value) {
    return new Figure(name, unit, List.of(value));
  }

  /// The same, held against a target.
  Figure must(Target reach) {
    return new Figure(name, unit, rounds, reach);
  }

  /// Of each round that both took part in, this divided by that.
  Figure over(Figure limit, String name) {
    var ratios = new Double[Math.min(rounds.size(), limit.rounds.size())];
    Arrays.setAll(ratios, i -> rounds.get(i) / limit.rounds.get(i));
    return new Figure(name, "×", List.of(ratios));
  }

  double median() {
    return percentile(50);
  }

  /// Between two neighbours it is on the line between them, so that the 50th is the median.
  double percentile(double percent) {
    var sorted = rounds.stream().sorted().toList();
    double at = (sorted.size() - 1) * percent / 100;
    int below = (int) at;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }

  double lowest() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double highest() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /// How far apart the rounds are, as a share of the median; 0 when all are equal.
  double spread() {
    return highest() == lowest() ? 0 : (highest() - lowest()) / Math.abs(median());
  }

  /// A whole number, as people read it.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// Three digits that matter, as people read them.
  static String text(double value) {
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }
}
