package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Worlds in which nothing goes wrong but that strangers mean harm, one kind at a time: they are
/// found out, what is valid of what they give is taken, and the machines become equal.
final class HostilityTest {
  private static final int SEEDS = 12;
  private static final int ACTIONS = 24;

  /// Those that never say what ends a link: all that they give is valid, or may become so.
  private static final Set<Fault> PATIENTLY_HEARD =
      EnumSet.of(Fault.BOMB, Fault.FUTURE, Fault.TWO_CHAINS);

  /// Those that give something that is valid.
  private static final Set<Fault> ALSO_VALID =
      EnumSet.of(Fault.UNLAWFUL, Fault.FUTURE, Fault.TWO_CHAINS);

  @ParameterizedTest
  @EnumSource(
      names = {
        "SILENT",
        "FALSE_TIPS",
        "FALSE_AUTHORS",
        "GREED",
        "BOMB",
        "UNLAWFUL",
        "FUTURE",
        "TWO_CHAINS"
      })
  void honestMachinesBecomeEqual(Fault fault) {
    var tally = new Tally();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var actions = new ArrayList<Scenario.Action>();
      for (int number = 0; number < ACTIONS; number++) {
        actions.add(new Scenario.Action(number, number % 2 == 0 ? null : fault));
      }
      var scenario = new Scenario(seed, 4, actions);
      var outcome = Simulation.run(scenario);
      assertThat(outcome.violation()).as(Simulator.repeat(scenario)).isEmpty();
      tally.add(outcome.tally());
    }
    assertThat(tally.of(fault)).isGreaterThan(SEEDS * ACTIONS / 4);
    if (!PATIENTLY_HEARD.contains(fault)) {
      // many of these worlds are over before anybody was silent for so long that it is hung up on
      int least = fault == Fault.SILENT ? 0 : SEEDS;
      assertThat(tally.of(Fault.CONDEMNED)).as("found out").isGreaterThan(least);
    }
    if (ALSO_VALID.contains(fault)) {
      assertThat(tally.of(Fault.ACCEPTED)).as("and heard").isGreaterThan(SEEDS);
    }
  }
}
