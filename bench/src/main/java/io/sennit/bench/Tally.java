package io.sennit.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects what the rounds of a measurement find, a figure for each name, in the order in which
/// they first came.
final class Tally {
  private record Column(String unit, Optional<Target> target, List<Double> rounds) {}

  private final Map<String, Column> columns = new LinkedHashMap<>();

  void add(String name, String unit, double value) {
    add(name, unit, value, Optional.empty());
  }

  void add(String name, String unit, double value, Target target) {
    add(name, unit, value, Optional.of(target));
  }

  private void add(String name, String unit, double value, Optional<Target> target) {
    columns
        .computeIfAbsent(name, _ -> new Column(unit, target, new ArrayList<>()))
        .rounds
        .add(value);
  }

  /// What came so far does not count, but for the order of the names.
  void forget() {
    columns.values().forEach(column -> column.rounds.clear());
  }

  Optional<Figure> figure(String name) {
    return Optional.ofNullable(columns.get(name))
        .filter(column -> !column.rounds.isEmpty())
        .map(column -> figure(name, column));
  }

  List<Figure> figures() {
    return columns.entrySet().stream()
        .filter(column -> !column.getValue().rounds.isEmpty())
        .map(column -> figure(column.getKey(), column.getValue()))
        .toList();
  }

  private static Figure figure(String name, Column column) {
    return new Figure(name, column.unit, column.rounds, column.target.orElse(null));
  }

  /// Adds, for each of these, how one figure compares with it; those that were left out are
  /// skipped.
  ///
  /// @return all figures, the ratios last
  List<Figure> withRatios(String ours, List<String> others) {
    var all = new ArrayList<>(figures());
    figure(ours)
        .ifPresent(one ->
            others.forEach(other ->
                figure(other)
                    .ifPresent(two -> all.add(one.over(two, "ratio: " + ours + " / " + other)))));
    return all;
  }
}
