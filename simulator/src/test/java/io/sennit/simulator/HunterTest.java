package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The hunter finds what is wrong with a faulty core, makes it small and keeps it.
final class HunterTest {
  /// Actions of a scenario that is small enough to be understood.
  private static final int FEW = 8;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  static Stream<Mutant> mutants() {
    return MutationTest.mutants()
        .filter(mutant ->
            switch (mutant.name()) {
              case "take oneself for equal while own events are on their way",
                  "acknowledge before durable",
                  "write again what was asked for again",
                  "let an event have two predecessors",
                  "drop an orphan and never want it again" ->
                  true;
              default -> false;
            });
  }

  @ParameterizedTest
  @MethodSource("mutants")
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatFailsIsKeptAndSmall(Mutant mutant, @TempDir Path folder) throws Throwable {
    var faulty = MutantLoader.of(mutant.sources());
    var file = folder.resolve("regressions.txt");
    int status =
        hunt(
            faulty.hunt(),
            "--minutes",
            "9",
            "--threads",
            "1",
            "--from",
            "1",
            "--seeds",
            "300",
            "--failures",
            "1",
            "--into",
            file.toString());
    assertThat(status).as(said()).isEqualTo(1);
    var kept = new Regressions(file).all();
    assertThat(kept).hasSize(1);
    var smallest = kept.getFirst().scenario();
    var found = Scenario.of(smallest.seed(), 0);
    System.out.println(mutant.name() + " | " + kept.getFirst());
    assertThat(mutant.rules()).contains(kept.getFirst().rule());
    assertThat(smallest.actions().size()).isLessThan(found.actions().size());
    assertThat(smallest.actions()).hasSizeLessThanOrEqualTo(FEW);
    assertThat(smallest.machines()).isLessThanOrEqualTo(found.machines());
    assertThat((String) faulty.scenario().invokeExact(smallest.toString()))
        .as("it still fails on the faulty core")
        .isEqualTo(kept.getFirst().rule());
    assertThat(Simulation.run(smallest).violation()).as("and holds on ours").isEmpty();
    assertThat(said())
        .contains("repeat with: " + Simulator.repeat(found))
        .contains("repeat with: " + Simulator.repeat(smallest))
        .contains("1 failing seeds");
  }

  /// Made smaller as long as that is likely to show something new.
  @Test
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyFailingSeedIsKept(@TempDir Path folder) throws Throwable {
    var mutant =
        MutationTest.mutants()
            .filter(each -> each.name().equals("acknowledge before durable"))
            .findFirst()
            .orElseThrow();
    var file = folder.resolve("regressions.txt");
    int status =
        hunt(
            MutantLoader.of(mutant.sources()).hunt(),
            "--minutes",
            "9",
            "--from",
            "1",
            "--failures",
            "6",
            "--into",
            file.toString());
    assertThat(status).as(said()).isEqualTo(1);
    var kept = new Regressions(file).all();
    assertThat(kept).hasSize(6).extracting(Regressions.Kept::rule).containsOnly("I7");
    assertThat(kept)
        .filteredOn(each -> each.scenario().equals(Scenario.of(each.scenario().seed(), 0)))
        .as("those that were not made smaller")
        .hasSize(3);
  }

  @Test
  void aHuntOnOurCoreSaysWhatItRan(@TempDir Path folder) throws InterruptedException {
    var file = folder.resolve("regressions.txt");
    int status =
        Hunter.hunt(
            new PrintStream(said, true, StandardCharsets.UTF_8),
            "--minutes",
            "5",
            "--seeds",
            "4",
            "--from",
            "1",
            "--into",
            file.toString());
    assertThat(status).as(said()).isZero();
    assertThat(said())
        .startsWith("simulator/hunt --minutes 5 --threads 2 --from 1 --seeds 4 ")
        .contains("\n4 seeds in ")
        .contains("pretended hours; every invariant held");
    assertThat(file).doesNotExist();
  }

  @Test
  void wrongUsageIsSaid() throws InterruptedException {
    var to = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(Hunter.hunt(to)).isEqualTo(2);
    assertThat(Hunter.hunt(to, "--minutes", "0")).isEqualTo(2);
    assertThat(Hunter.hunt(to, "--minutes", "1", "--machines", "31")).isEqualTo(2);
    assertThat(Hunter.hunt(to, "--minutes")).isEqualTo(2);
    assertThat(Hunter.hunt(to, "--hours", "1")).isEqualTo(2);
    assertThat(said()).contains("simulator/hunt --minutes N", "unknown: --hours");
  }

  private int hunt(MethodHandle hunter, String... args) throws Throwable {
    return (int) hunter.invokeExact(new PrintStream(said, true, StandardCharsets.UTF_8), args);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
