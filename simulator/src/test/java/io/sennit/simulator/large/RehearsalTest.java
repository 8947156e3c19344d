package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final Plan.Times SHORT = new Plan.Times(20, 10, 180);

  private static Plan faulty(int machines, long seed) {
    return Plan.of(machines)
        .with(new Plan.Writing(4, 20, 300))
        .with(
            new Plan.Faults(
                0.01, 0.01, 0.2, List.of(new Plan.Partition("Tokyo", seed % 2 == 0, 15)), 0.3, 0.2))
        .withNatShare(0.2)
        .with(SHORT)
        .withSeed(seed);
  }

  private static void assertHealed(Summary summary) {
    assertThat(summary.equal()).as("%s", summary).isTrue();
    assertThat(summary.unequal()).isZero();
    assertThat(summary.virtualSeconds()).as("pretended seconds").isLessThan(900);
    assertThat(summary.events()).isGreaterThanOrEqualTo(40);
    assertThat(summary.repairSeconds()).as("repair").isBetween(2.0, 180.0);
  }

  @Test
  void fiveHundredMachinesAreEqualWhateverWentWrong() {
    Seeds.check(1, random -> assertHealed(run(faulty(500, random.nextLong()))));
  }

  @Test
  void twoThousandMachinesAreEqualWhateverWentWrong() {
    Seeds.check(1, random -> assertHealed(run(faulty(2_000, random.nextLong()))));
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    Seeds.check(
        1,
        random -> {
          long seed = random.nextLong();
          var first = run(faulty(300, seed));
          var second = run(faulty(300, seed));
          assertThat(second.traceHash()).isEqualTo(first.traceHash());
          assertThat(second.deliveries()).isEqualTo(first.deliveries());
          assertThat(second.series()).isEqualTo(first.series());
          assertThat(run(faulty(300, seed + 1)).traceHash()).isNotEqualTo(first.traceHash());
        });
  }

  @Test
  void aFewMachinesAreAllLinkedAndSendDirectly() {
    var home = new Topology.Region("home", 1, 52.5, 13.4, 0, 0, 0, 2, 20, 1000);
    var away = new Topology.Region("away", 1, -33.9, 151.2, 0, 0, 0, 2, 20, 1000);
    for (int machines : new int[] {1, 2, 5, 9}) {
      var summary =
          run(
              Plan.of(machines)
                  .with(new Topology(List.of(home, away), List.of()))
                  .with(Plan.Faults.crash(0))
                  .with(SHORT));
      assertThat(summary.equal()).isTrue();
      assertThat(summary.events()).isEqualTo(20);
      assertThat(summary.linksPerMachine()).isEqualTo(machines - 1);
      if (machines > 1) {
        assertThat(summary.payloadCopies()).isEqualTo(1);
        assertThat(summary.deliveryMillisMax()).isLessThan(400);
      }
    }
  }

  @Test
  void withoutFaultsEveryEventIsEverywhereSoon() {
    Seeds.check(
        1,
        random -> {
          var plan =
              Plan.of(500).with(Plan.Faults.crash(0)).with(SHORT).withSeed(random.nextLong());
          var summary = run(plan);
          assertThat(summary.equal()).isTrue();
          assertThat(summary.joinSeconds()).isLessThan(120);
          assertThat(summary.payloadCopies()).isBetween(1.0, 2.0);
          assertThat(summary.deliveryMillisP50()).isBetween(20.0, 700.0);
          var delivered = summary.series().deliveredBefore();
          assertThat(delivered.getLast().y()).isEqualTo(1);
          assertThat(delivered.getLast().x()).isEqualTo(summary.deliveryMillisMax());
          assertThat(summary.series().copies()).hasSize(20);
          assertThat(summary.series().idleTraffic()).hasSize(101);
        });
  }

  @Test
  void progressGoesForward() {
    var phases = new ArrayList<String>();
    double[] last = {0};
    Rehearsal.run(
        Plan.of(200).with(SHORT),
        (phase, share, seconds) -> {
          if (phases.isEmpty() || !phases.getLast().equals(phase)) {
            phases.add(phase);
          }
          assertThat(share).isBetween(0.0, 1.0);
          assertThat(seconds).isGreaterThanOrEqualTo(last[0]);
          last[0] = seconds;
        });
    assertThat(phases).startsWith("join");
    assertThat(
            List.of("join", "settle", "quiet", "write", "crash", "write again", "agree")
                .containsAll(phases))
        .as("%s", phases)
        .isTrue();
  }

  @Test
  void aPlanSaysWhatCannotBe() {
    assertThatThrownBy(() -> Plan.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("machines");
    assertThatThrownBy(() -> new Plan.Writing(0, 1, 1)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new Plan.Faults(0.7, 0, 0, List.of(), 0, 0))
        .hasMessageContaining("loss");
    assertThatThrownBy(() -> Plan.of(10).withNatShare(1.5)).hasMessageContaining("NAT");
    assertThatThrownBy(() ->
            Plan.of(10)
                .with(
                    new Plan.Faults(
                        0, 0, 0, List.of(new Plan.Partition("Nowhere", true, 1)), 0, 0)))
        .hasMessageContaining("Nowhere");
  }

  private static Summary run(Plan plan) {
    return Rehearsal.run(plan, Progress.NONE);
  }
}
