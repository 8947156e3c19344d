package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pretended failures, so that it is known what the smallest scenario is.
final class ShrinkerTest {
  private static final int RUNS_MAX = 5000;

  private static List<Integer> numbers(Scenario scenario) {
    return scenario.actions().stream().map(Scenario.Action::number).toList();
  }

  @Test
  void onlyWhatIsNeededStays() {
    Seeds.check(
        100,
        random -> {
          var scenario = Scenario.of(random.nextLong(), 5 + random.nextInt(20));
          var needed = new HashSet<Integer>();
          int count = random.nextInt(5);
          for (int i = 0; i < count; i++) {
            needed.add(random.nextInt(scenario.actions().size()));
          }
          int machines = random.nextInt(2, 5);
          var shrinker =
              new Shrinker(
                  tried ->
                      tried.machines() >= machines && numbers(tried).containsAll(needed)
                          ? "I11"
                          : "",
                  RUNS_MAX);
          var smallest = shrinker.shrink(scenario, "I11");
          assertThat(Set.copyOf(numbers(smallest))).isEqualTo(needed);
          assertThat(smallest.machines()).isEqualTo(machines);
          assertThat(smallest.seed()).isEqualTo(scenario.seed());
          assertThat(shrinker.runs()).isLessThan(500);
        });
  }

  @Test
  void anotherRuleIsAnotherFailure() {
    var scenario = Scenario.of(1, 9);
    var smallest =
        new Shrinker(tried -> tried.actions().size() < 10 ? "I5" : "I7", RUNS_MAX)
            .shrink(scenario, "I7");
    assertThat(smallest.actions()).hasSize(10);
    assertThat(smallest.machines()).isEqualTo(2);
  }

  /// It fails only where all is as it was: nothing can be left out, and that is said.
  @Test
  void whatCannotBeMadeSmallerStays() {
    var scenario = Scenario.of(2, 4);
    var smallest =
        new Shrinker(tried -> tried.equals(scenario) ? "I7" : "", RUNS_MAX).shrink(scenario, "I7");
    assertThat(smallest).isEqualTo(scenario);
  }

  @Test
  void itStopsWhenItHasRunEnough() {
    var runs = new ArrayList<Scenario>();
    var scenario = Scenario.of(3, 30);
    new Shrinker(
            tried -> {
              runs.add(tried);
              return tried.actions().size() % 2 == 0 ? "I7" : "";
            },
            25)
        .shrink(scenario, "I7");
    assertThat(runs).hasSizeLessThanOrEqualTo(25).doesNotHaveDuplicates();
  }
}
