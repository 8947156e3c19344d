package io.sennit.machine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One transition table. The code runs on it and the flow chart is drawn from it, so the two cannot
/// differ.
///
/// @param <S> the states
/// @param <E> what moves the machine from one to the next
public final class Chart<S extends Enum<S>, E extends Enum<E>> {
  /// One arrow of the chart.
  ///
  /// @param note a short sentence: what is done on the way
  public record Row<S, E>(S from, E on, S to, String note) {}

  private final String name;
  private final S start;
  private final List<Row<S, E>> rows;
  private final Map<S, Map<E, S>> next;

  /// A chart whose rows name every legal move.
  ///
  /// @throws IllegalArgumentException when two rows leave one state on one event
  public Chart(String name, S start, Class<S> states, Class<E> events, List<Row<S, E>> rows) {
    this.name = name;
    this.start = start;
    this.rows = List.copyOf(rows);
    this.next = new EnumMap<>(states);
    for (var row : rows) {
      var moves = next.computeIfAbsent(row.from, _ -> new EnumMap<>(events));
      if (moves.put(row.on, row.to) != null) {
        throw new IllegalArgumentException(name + ": two rows for " + row.from + " on " + row.on);
      }
    }
  }

  /// A word for the chart: `lifecycle`, `creation`, `reception`, `session`.
  public String name() {
    return name;
  }

  /// Where it begins.
  public S start() {
    return start;
  }

  /// All arrows, in the order in which they are drawn.
  public List<Row<S, E>> rows() {
    return rows;
  }

  /// States that no arrow leaves.
  public Set<S> ends() {
    return rows.stream()
        .map(Row::to)
        .filter(state -> !next.containsKey(state))
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  /// Whether there is an arrow.
  public boolean allows(S from, E on) {
    return next.getOrDefault(from, Map.of()).containsKey(on);
  }

  /// The state after.
  ///
  /// @throws IllegalStateException when the chart has no such arrow: the code did what the chart
  ///   does not say
  public S next(S from, E on) {
    var to = next.getOrDefault(from, Map.of()).get(on);
    if (to == null) {
      throw new IllegalStateException(name + ": no arrow leaves " + from + " on " + on);
    }
    return to;
  }
}
