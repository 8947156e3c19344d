package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.machine.Charts.Reception;
import io.sennit.machine.Charts.Session;
import io.sennit.machine.Charts.SessionStep;
import java.util.ArrayDeque;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

final class ChartTest {
  @Test
  void everyStateOfEveryChartIsReached() {
    for (var chart : Charts.all()) {
      assertThat(reached(chart)).as(chart.name()).isEqualTo(all(chart));
    }
  }

  @Test
  void aMoveThatTheChartDoesNotSayIsABrokenInvariant() {
    assertThatThrownBy(() -> Charts.SESSION.next(Session.DOWN, SessionStep.HELLO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no arrow leaves DOWN on HELLO");
  }

  @Test
  void whatRestsForEverIsWhereTheChartEnds() {
    assertThat(Charts.RECEPTION.ends())
        .containsExactlyInAnyOrder(
            Reception.ADMITTED, Reception.KNOWN, Reception.REJECTED, Reception.DROPPED);
  }

  private static <S extends Enum<S>, E extends Enum<E>> EnumSet<S> reached(Chart<S, E> chart) {
    var reached = EnumSet.of(chart.start());
    var work = new ArrayDeque<>(reached);
    while (!work.isEmpty()) {
      var from = work.removeFirst();
      chart.rows().stream()
          .filter(row -> row.from() == from && reached.add(row.to()))
          .forEach(row -> work.add(row.to()));
    }
    return reached;
  }

  private static <S extends Enum<S>, E extends Enum<E>> EnumSet<S> all(Chart<S, E> chart) {
    return EnumSet.allOf(chart.start().getDeclaringClass());
  }
}
