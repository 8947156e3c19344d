package io.sennit.flowchart;

import io.sennit.machine.Chart;
import io.sennit.machine.Chart.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The arrows of a chart as they are drawn: rows that say the same of many states share one arrow,
/// which leaves a box that names them all.
///
/// @param single rows drawn one by one
/// @param shared rows drawn together
record Arrows<S, E>(List<Row<S, E>> single, List<Shared<S, E>> shared) {
  private static final int SHARED_MIN = 4;

  /// One arrow for many rows.
  record Shared<S, E>(List<S> from, E on, S to, List<String> notes) {}

  static <S extends Enum<S>, E extends Enum<E>> Arrows<S, E> of(Chart<S, E> chart) {
    var groups = new LinkedHashMap<List<Object>, List<Row<S, E>>>();
    for (var row : chart.rows()) {
      groups.computeIfAbsent(List.of(row.on(), row.to()), _ -> new ArrayList<>()).add(row);
    }
    var single = new ArrayList<Row<S, E>>();
    var shared = new ArrayList<Shared<S, E>>();
    for (var rows : groups.values()) {
      if (rows.size() < SHARED_MIN) {
        single.addAll(rows);
        continue;
      }
      Set<String> notes = new LinkedHashSet<>();
      rows.stream().map(Row::note).filter(note -> !note.isEmpty()).forEach(notes::add);
      shared.add(
          new Shared<>(
              rows.stream().map(Row::from).toList(),
              rows.getFirst().on(),
              rows.getFirst().to(),
              List.copyOf(notes)));
    }
    return new Arrows<>(single, shared);
  }

  /// The rows of a chart in groups that differ only in the state they leave, in the order of the
  /// chart.
  static <S extends Enum<S>, E extends Enum<E>> Map<List<Object>, List<Row<S, E>>> alike(
      Chart<S, E> chart) {
    var groups = new LinkedHashMap<List<Object>, List<Row<S, E>>>();
    for (var row : chart.rows()) {
      var key = List.<Object>of(row.on(), row.to(), row.note());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /// All states that an arrow touches, in the order of the enum.
  static <S extends Enum<S>, E extends Enum<E>> List<S> states(Chart<S, E> chart) {
    var touched = new LinkedHashSet<S>();
    touched.add(chart.start());
    for (var row : chart.rows()) {
      touched.add(row.from());
      touched.add(row.to());
    }
    return touched.stream().sorted().toList();
  }
}
