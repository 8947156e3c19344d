package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sennit.Seeds;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FidelityTest {
  private static final int MACHINES = 200;
  private static final int EVENTS = 30;
  private static final double LOSS = 0.001;

  @Test
  void lightAndFullMachinesHoldTheSameAndSpreadAlike() {
    Seeds.check(
        1,
        random -> {
          long seed = random.nextLong();
          var scenario = Scenario.of(MACHINES, 40, EVENTS, 2, 0.1, seed);
          var topology = Fidelity.homes(0.2);
          var light = Fidelity.light(new World(MACHINES, topology, LOSS, seed), scenario, seed);
          var full = Fidelity.full(new World(MACHINES, topology, LOSS, seed), scenario, seed);
          assertThat(light.held()).hasSize(MACHINES * 9 / 10);
          assertThat(light.everywhere(EVENTS)).as("light: all events everywhere").isTrue();
          assertThat(full.held()).isEqualTo(light.held());
          assertThat(full.ledger().copiesPerDelivery())
              .isCloseTo(light.ledger().copiesPerDelivery(), Percentage.withPercentage(10));
          assertThat(median(full)).isCloseTo(median(light), Percentage.withPercentage(35));
          assertThat(full.links()).isCloseTo(light.links(), within(0.5));
          assertThat(full.idleBytesPerSecond())
              .isCloseTo(light.idleBytesPerSecond(), Percentage.withPercentage(30));
        });
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
