package io.sennit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.sennit.bench.Rounds.Contestant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<String> turns = new ArrayList<>();

  private Contestant contestant(String name) {
    return Contestant.peer(
        name,
        tally -> {
          turns.add(name);
          tally.add(name, "turns", turns.size());
        });
  }

  @Test
  void everybodyGoesFirstOnce() {
    new Rounds("test", 2).alternate(List.of(contestant("a"), contestant("b"), contestant("c")));
    assertThat(turns).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b");
  }

  @Test
  void theFirstRoundDoesNotCountAndFiguresKeepTheirOrder() {
    var found = new Rounds("test", 2).alternate(List.of(contestant("a"), contestant("b")));
    assertThat(found.tally().figures())
        .extracting(Figure::name, Figure::rounds)
        .containsExactly(tuple("a", List.of(4.0, 5.0)), tuple("b", List.of(3.0, 6.0)));
  }

  @Test
  void aPeerThatFailsTakesNoFurtherPartAndTheOthersGoOn() {
    var failing =
        Contestant.peer(
            "failing",
            tally -> {
              turns.add("failing");
              throw new IllegalStateException("out of breath");
            });
    var found = new Rounds("test", 2).alternate(List.of(failing, contestant("a")));
    assertThat(turns).containsExactly("failing", "a", "a", "a");
    assertThat(found.failed()).containsEntry("failing", "out of breath");
    assertThat(found.tally().figure("failing")).isEmpty();
  }

  @Test
  void withoutSennitThereIsNoMeasurement() {
    var sennit =
        Contestant.sennit(
            "Sennit",
            _ -> {
              throw new IllegalStateException("stopped");
            });
    assertThatThrownBy(() -> new Rounds("test", 2).alternate(List.of(sennit)))
        .hasMessageContaining("Sennit failed in test");
  }

  @Test
  void ratiosAreTakenWithThoseThatAreThere() {
    var tally = new Tally();
    tally.add("Sennit", "events/s", 10);
    tally.add("Redis", "events/s", 4);
    assertThat(tally.withRatios("Sennit", List.of("Redis", "absent")))
        .extracting(Figure::name)
        .containsExactly("Sennit", "Redis", "ratio: Sennit / Redis");
  }
}
