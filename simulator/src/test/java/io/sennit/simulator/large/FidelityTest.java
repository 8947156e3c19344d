package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sennit.Seeds;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FidelityTest {
  private static final int MACHINES = 200;
  private static final int EVENTS = 30;
  private static final double LOSS = 0.001;

  /// The same scenario in the same network, among light machines and among full ones.
  private record Both(Fidelity.Outcome light, Fidelity.Outcome full) {
    static Both of(long seed) {
      var scenario = Scenario.of(MACHINES, 40, EVENTS, 2, 0.1, seed);
      var topology = Fidelity.homes(0.2);
      return new Both(
          Fidelity.light(new World(MACHINES, topology, LOSS, seed), scenario, seed),
          Fidelity.full(new World(MACHINES, topology, LOSS, seed), scenario, seed));
    }
  }

  @Test
  void lightAndFullMachinesHoldTheSame() {
    Seeds.check(
        2,
        random -> {
          var both = Both.of(random.nextLong());
          assertThat(both.light.held()).hasSize(MACHINES * 9 / 10);
          assertThat(both.light.everywhere(EVENTS)).as("light: all events everywhere").isTrue();
          assertThat(both.full.everywhere(EVENTS)).as("full: all events everywhere").isTrue();
          assertThat(both.full.held().equals(both.light.held())).as("the same sets").isTrue();
        });
  }

  /// Of a single seed, medians are up to a third apart and idle traffic up to two fifths, because
  /// overlays are drawn anew; so the means over several are compared, always the same ones.
  @Test
  void theySpreadAlike() {
    var each = LongStream.rangeClosed(1, 4).mapToObj(Both::of).toList();
    assertThat(mean(each, Both::full, outcome -> outcome.ledger().copiesPerDelivery()))
        .isCloseTo(
            mean(each, Both::light, outcome -> outcome.ledger().copiesPerDelivery()),
            Percentage.withPercentage(3));
    assertThat(mean(each, Both::full, FidelityTest::median))
        .isCloseTo(mean(each, Both::light, FidelityTest::median), Percentage.withPercentage(15));
    assertThat(mean(each, Both::full, Fidelity.Outcome::links))
        .isCloseTo(mean(each, Both::light, Fidelity.Outcome::links), within(0.2));
    assertThat(mean(each, Both::full, Fidelity.Outcome::idleBytesPerSecond))
        .isCloseTo(
            mean(each, Both::light, Fidelity.Outcome::idleBytesPerSecond),
            Percentage.withPercentage(20));
  }

  private static double mean(
      List<Both> each,
      Function<Both, Fidelity.Outcome> side,
      ToDoubleFunction<Fidelity.Outcome> figure) {
    return each.stream().map(side).mapToDouble(figure).average().orElseThrow();
  }

  private static double median(Fidelity.Outcome outcome) {
    return outcome.ledger().tally(Ledger.Purpose.BEFORE).delays().millis(0.5);
  }

  @Test
  void theSameSeedGivesTheSameTraceAmongFullMachines() {
    Seeds.check(
        1,
        random -> {
          long seed = random.nextLong();
          var scenario = Scenario.of(30, 20, 10, 2, 0.1, seed);
          var first = new World(30, Fidelity.homes(0.2), LOSS, seed);
          var second = new World(30, Fidelity.homes(0.2), LOSS, seed);
          Fidelity.full(first, scenario, seed);
          Fidelity.full(second, scenario, seed);
          assertThat(second.traceHash()).isEqualTo(first.traceHash());
        });
  }
}
