package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Shows;
import io.sennit.machine.Invariant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two thousand worlds in which everything goes wrong that [Fault] names. The seeds are always the
/// same, so that a change is judged by what it changes; `simulator/simulate --from` runs others.
final class SimulationTest {
  private static final long SEEDS = 2000;

  @Test
  @Timeout(1800)
  @Shows({
    Invariant.I1,
    Invariant.I2,
    Invariant.I3,
    Invariant.I4,
    Invariant.I5,
    Invariant.I6,
    Invariant.I7,
    Invariant.I8,
    Invariant.I9,
    Invariant.I10,
    Invariant.I11,
    Invariant.I12
  })
  void everyInvariantHoldsInTwoThousandWorlds() throws InterruptedException {
    var given = Long.getLong("seed");
    long from = given == null ? 1 : given;
    long seeds = given == null ? SEEDS : 1;
    long beganNanos = System.nanoTime();
    var outcomes = Simulator.run(from, seeds, 0, Runtime.getRuntime().availableProcessors());
    Simulator.print(outcomes, System.nanoTime() - beganNanos, System.out);
    assertThat(outcomes).hasSize((int) seeds);
    assertThat(Simulator.failures(outcomes))
        .extracting(outcome -> Simulator.repeat(outcome.scenario()))
        .as("repeat with")
        .isEmpty();
    if (given == null) {
      var tally = Simulator.tally(outcomes);
      assertThat(Arrays.stream(Fault.values()))
          .as("every fault happens, so the generator bites")
          .allMatch(fault -> tally.of(fault) > 0);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 1; seed <= 2000; seed += 97) {
      var once = Simulation.run(seed, 0);
      var again = Simulation.run(seed, 0);
      assertThat(again.traceHash()).as("seed %s", seed).isEqualTo(once.traceHash());
      assertThat(again.steps()).as("seed %s", seed).isEqualTo(once.steps());
      assertThat(Simulation.run(seed + 1, 0).traceHash()).isNotEqualTo(once.traceHash());
    }
  }

  @Test
  void thirtyMachinesAreNotTooMany() {
    for (long seed = 1; seed <= 3; seed++) {
      var outcome = Simulation.run(seed, 30);
      assertThat(outcome.violation()).as(Simulator.repeat(outcome.scenario())).isEmpty();
      assertThat(outcome.machines()).isGreaterThanOrEqualTo(30);
    }
  }
}
