package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.dag.Graphs;
import io.sennit.event.PretendSigner;
import io.sennit.machine.Input;
import io.sennit.machine.Invariant;
import io.sennit.machine.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Small federations under random appends, cuts, heals and crashes. Every site is audited after
/// every step (I1 to I7, see `Audit` and `Site`); at the end the world heals, and all must be
/// equal.
final class FederationTest {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MINUTE_NANOS = 60 * SECOND_NANOS;

  @Test
  @Shows({
    Invariant.I1,
    Invariant.I2,
    Invariant.I3,
    Invariant.I4,
    Invariant.I5,
    Invariant.I6,
    Invariant.I10
  })
  void afterHealingEverybodyHoldsTheSame() {
    Seeds.check(
        60,
        random -> {
          var world = world(random.nextLong(), random.nextInt(2, 7));
          chaos(world, random, random.nextInt(20, 120), false);
          heal(world);
        });
  }

  @Test
  @Shows({Invariant.I4, Invariant.I7})
  void whatWasAcknowledgedSurvivesEveryCrash() {
    Seeds.check(
        60,
        random -> {
          var world = world(random.nextLong(), random.nextInt(2, 6));
          chaos(world, random, random.nextInt(20, 120), true);
          heal(world);
          for (var site : world.sites()) {
            for (var id : site.acknowledged()) {
              for (var other : world.sites()) {
                assertThat(other.store().position(id)).as("%s at %s", id, other).isPositive();
              }
            }
          }
        });
  }

  @Test
  @Shows(Invariant.I8)
  void aChainOfSitesEndsLikeAFullMesh() {
    Seeds.check(
        20,
        random -> {
          var world = world(random.nextLong(), 5);
          var sites = world.sites();
          for (int i = 1; i < sites.size(); i++) {
            world.connect(sites.get(i - 1), sites.get(i));
          }
          for (int n = 0; n < 30; n++) {
            sites.get(random.nextInt(5)).append(List.of("{\"n\":" + n + "}"));
            world.run(random.nextLong(SECOND_NANOS / 20));
          }
          assertThat(world.runUntilEqual(MINUTE_NANOS)).isTrue();
          assertThat(sites.getFirst().store().count()).isEqualTo(31);
        });
  }

  @Test
  @Shows(Invariant.I12)
  void creationNeverWaitsForAPeer() {
    Seeds.check(
        20,
        random -> {
          var world = world(random.nextLong(), 3);
          for (var site : world.sites()) {
            site.append(List.of("{\"alone\":" + site.number() + "}"));
          }
          world.run(SECOND_NANOS / 10);
          for (var site : world.sites()) {
            assertThat(site.acknowledged()).hasSize(1);
          }
        });
  }

  @Test
  @Shows(Invariant.I11)
  void aFencedFederationConverges() {
    Seeds.check(
        20,
        random -> {
          var world = world(random.nextLong(), 4);
          chaos(world, random, 40, false);
          world.sites().forEach(site -> site.handle(new Input.Fence()));
          heal(world);
          world.run(30 * SECOND_NANOS);
          for (var site : world.sites()) {
            assertThat(site.machine().status().mode())
                .as(() ->
                    site
                        + " of "
                        + world.sites().stream()
                            .map(s -> s + ": " + s.machine().status().peers())
                            .toList())
                .isEqualTo(Mode.CONVERGED);
            site.append(List.of("{}"));
          }
          world.run(SECOND_NANOS);
          assertThat(world.equal()).isTrue();
          world.sites().getFirst().handle(new Input.Resume());
          assertThat(world.sites().getFirst().machine().status().mode()).isEqualTo(Mode.ACTIVE);
        });
  }

  @Test
  @Shows(Invariant.I11)
  void aFencedMachineHasNotConvergedWhileItsOwnEventIsUnderWay() {
    Seeds.check(
        20,
        random -> {
          var world = world(random.nextLong(), 3);
          world.connectAll();
          world.run(10 * SECOND_NANOS); // all have proven that they hold R alone
          var writer = world.sites().getFirst();
          writer.append(List.of("{\"last\":true}"));
          world.sites().forEach(site -> site.handle(new Input.Fence()));
          assertThat(writer.machine().status().mode()).isEqualTo(Mode.FENCED);
          world.run(10 * SECOND_NANOS);
          for (var site : world.sites()) {
            assertThat(site.machine().status().mode()).isEqualTo(Mode.CONVERGED);
            assertThat(site.store().count()).isEqualTo(2);
          }
        });
  }

  @Test
  void aLateJoinerGetsEverythingOnce() {
    Seeds.check(
        10,
        random -> {
          var world = world(random.nextLong(), 3);
          world.connectAll();
          for (int n = 0; n < 60; n++) {
            var many = new ArrayList<String>();
            for (int i = 0; i < 50; i++) {
              many.add("{\"n\":" + (n * 50 + i) + "}");
            }
            world.sites().get(n % 3).append(many);
            world.run(SECOND_NANOS / 20);
          }
          assertThat(world.runUntilEqual(MINUTE_NANOS)).isTrue();
          var joiner = world.addSite();
          world.connectAll();
          assertThat(world.runUntilEqual(MINUTE_NANOS)).isTrue();
          assertThat(joiner.payloadCopies()).isEqualTo(3000);
        });
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    Seeds.check(
        5,
        random -> {
          long seed = random.nextLong();
          assertThat(traceOf(seed)).isEqualTo(traceOf(seed)).isNotEqualTo(traceOf(seed + 1));
        });
  }

  private static String traceOf(long seed) {
    var world = world(seed, 4);
    chaos(world, new SplittableRandom(seed), 60, true);
    heal(world);
    return world.traceHash();
  }

  private static World world(long seed, int machines) {
    var world = new World(seed, Graphs.root(), PretendSigner::number, PretendSigner.seals());
    for (int i = 0; i < machines; i++) {
      world.addSite();
    }
    return world;
  }

  private static void chaos(World world, SplittableRandom random, int steps, boolean crashes) {
    world.connectAll();
    for (int step = 0; step < steps; step++) {
      var sites = world.sites();
      var one = sites.get(random.nextInt(sites.size()));
      var other = sites.get(random.nextInt(sites.size()));
      switch (random.nextInt(crashes ? 8 : 7)) {
        case 0, 1, 2, 3 -> one.append(someEvents(random, step));
        case 4 -> world.cut(one, other);
        case 5 -> world.connect(one, other);
        case 6 -> world.run(random.nextLong(2 * SECOND_NANOS));
        default -> one.crash();
      }
      world.run(random.nextLong(SECOND_NANOS / 20));
    }
  }

  private static List<String> someEvents(SplittableRandom random, int step) {
    int count = random.nextInt(20) == 0 ? random.nextInt(250, 600) : random.nextInt(1, 4);
    var events = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      events.add("{\"step\":" + step + ",\"i\":" + i + "}");
    }
    return events;
  }

  /// Dials again every second, because a link that died with its machine is noticed late.
  private static void heal(World world) {
    boolean equal = false;
    for (int second = 0; second < 60 && !equal; second++) {
      world.connectAll();
      equal = world.runUntilEqual(SECOND_NANOS);
    }
    assertThat(equal).as(() -> "equal within a minute: " + world.sites()).isTrue();
  }
}
