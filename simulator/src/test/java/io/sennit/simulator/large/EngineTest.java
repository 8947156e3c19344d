package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// The engine and its network, with the simplest protocol there is.
class EngineTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static World world(int machines, double loss, long seed, Flood[] flood) {
    return world(machines, 6, loss, seed, flood);
  }

  private static World world(int machines, int dials, double loss, long seed, Flood[] flood) {
    var world = new World(machines, Topology.world(), loss, seed);
    flood[0] = new Flood(world, dials);
    for (int machine = 0; machine < machines; machine++) {
      world.startAfter(machine, 0);
    }
    world.runUntil(5 * SECOND_NANOS, flood[0]);
    return world;
  }

  private static String trace(long seed) {
    var flood = new Flood[1];
    var world = world(2_000, 0.01, seed, flood);
    for (int number = 0; number < 5; number++) {
      flood[0].say(number, number);
      world.runUntil(world.nowNanos() + SECOND_NANOS, flood[0]);
    }
    return world.traceHash() + " " + world.deliveries();
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    Seeds.check(
        2,
        random -> {
          long seed = random.nextLong();
          assertThat(trace(seed)).isEqualTo(trace(seed)).isNotEqualTo(trace(seed + 1));
        });
  }

  @Test
  void howManyProcessorsDriveTheSectorsMakesNoDifference() {
    Seeds.check(
        1,
        random -> {
          long seed = random.nextLong();
          var traces = new HashSet<String>();
          for (int processors : new int[] {1, 2, 3, 8}) {
            var plan = Plan.of(4_500).with(new Plan.Times(1, 1, 60)).withSeed(seed);
            var world = new World(4_500, plan.topology(), 0.01, seed, processors);
            var federation = new Federation(plan, world);
            for (int machine = 0; machine < 4_500; machine++) {
              world.startAfter(machine, machine * 2_000_000L);
            }
            world.runUntil(10 * SECOND_NANOS, federation);
            world.crash(7, false, federation);
            federation.write(4_321, Ledger.Purpose.BEFORE);
            world.runUntil(15 * SECOND_NANOS, federation);
            assertThat(federation.knowledge().holders(0)).isEqualTo(4_499);
            traces.add(world.traceHash() + " " + world.deliveries());
          }
          assertThat(traces).hasSize(1);
        });
  }

  @Test
  void whatGoesWrongInOneSectorEndsTheRun() {
    var plan = Plan.of(5_000);
    var world = new World(5_000, plan.topology(), 0, 1, 2);
    var inhabitants =
        new Told(world) {
          @Override
          public boolean independent() {
            return true;
          }

          @Override
          public void started(int machine) {
            if (machine == 4_000) {
              throw new IllegalArgumentException("machine 4,000");
            }
          }
        };
    for (int machine = 0; machine < 5_000; machine++) {
      world.startAfter(machine, machine * 1_000_000L);
    }
    assertThatThrownBy(() -> world.runUntil(10 * SECOND_NANOS, inhabitants))
        .hasRootCauseMessage("machine 4,000");
  }

  @Test
  void aFloodReachesEveryMachineInLessThanASecond() {
    Seeds.check(
        3,
        random -> {
          var flood = new Flood[1];
          var world = world(5_000, 0, random.nextLong(), flood);
          long from = world.nowNanos();
          flood[0].say(7, 1);
          world.runUntil(from + SECOND_NANOS, flood[0]);
          assertThat(flood[0].reached()).isEqualTo(5_000);
          assertThat(flood[0].lastNanos() - from).isBetween(100_000_000L, SECOND_NANOS);
          assertThat(world.network().framesUnderWay()).isZero();
        });
  }

  /// With half as many links, one world in a hundred has a machine that is linked with crashed ones
  /// only.
  @Test
  void whatCrashedIsNotReachedAndEverybodyElseIs() {
    Seeds.check(
        3,
        random -> {
          var flood = new Flood[1];
          var world = world(1_000, 12, 0, random.nextLong(), flood);
          for (int machine = 0; machine < 300; machine++) {
            world.crash(machine, machine % 2 == 0, flood[0]);
          }
          flood[0].say(999, 1);
          world.runUntil(world.nowNanos() + SECOND_NANOS, flood[0]);
          assertThat(world.running()).isEqualTo(700);
          assertThat(flood[0].reached()).isEqualTo(700);
          assertThat(new Components(1_000).largest(world.network())).isEqualTo(700);
        });
  }

  @Test
  void aRegionThatIsCutOffHearsNothingUntilItHealsAndItsLinksEnd() {
    var flood = new Flood[1];
    var world = world(1_000, 0, 3, flood);
    int tokyo = Topology.world().indexOf("Tokyo");
    int inside = 0;
    for (int machine = 0; machine < 1_000; machine++) {
      inside += world.places().region(machine) == tokyo ? 1 : 0;
    }
    int outside = 0;
    while (world.places().region(outside) == tokyo) {
      outside++;
    }
    world.network().partition(tokyo, true);
    flood[0].say(outside, 1);
    world.runUntil(world.nowNanos() + SECOND_NANOS, flood[0]);
    assertThat(inside).isPositive();
    assertThat(flood[0].reached()).isEqualTo(1_000 - inside);
    assertThat(new Components(1_000).largest(world.network())).isEqualTo(1_000 - inside);

    world.network().heal();
    int peer = 0;
    while (world.places().region(peer) != tokyo) {
      peer++;
    }
    world.network().dial(outside, peer);
    world.runUntil(world.nowNanos() + SECOND_NANOS, flood[0]);
    assertThat(world.network().linked(outside, peer)).isTrue();
    world.runUntil(world.nowNanos() + 130 * SECOND_NANOS, flood[0]); // doomed links are given up
    int crossing = 0;
    for (int machine = 0; machine < 1_000; machine++) {
      for (int i = 0; i < world.network().linkCount(machine); i++) {
        int other = world.network().peer(machine, world.network().link(machine, i));
        crossing +=
            (world.places().region(machine) == tokyo) == (world.places().region(other) == tokyo)
                ? 0
                : 1;
      }
    }
    assertThat(crossing).as("ends of links across the border: those of the new one").isEqualTo(2);
  }

  @Test
  void whatARegionSaysIsHeardWhenOnlyTheOtherWayIsCut() {
    var flood = new Flood[1];
    var world = world(1_000, 0, 4, flood);
    int tokyo = Topology.world().indexOf("Tokyo");
    int outside = 0;
    while (world.places().region(outside) == tokyo) {
      outside++;
    }
    int inside = 0;
    while (world.places().region(inside) != tokyo) {
      inside++;
    }
    world.network().partition(tokyo, false);
    flood[0].say(outside, 1);
    world.runUntil(world.nowNanos() + SECOND_NANOS, flood[0]);
    assertThat(flood[0].reached()).as("Tokyo hears").isEqualTo(1_000);
    flood[0].say(inside, 2);
    world.runUntil(world.nowNanos() + SECOND_NANOS, flood[0]);
    assertThat(flood[0].reached()).as("Tokyo is not heard").isLessThan(500);
  }

  @Test
  void whoCanOnlyDialOutIsNeverDialled() {
    var world = new World(500, Topology.world().withNatShare(0.5), 0, 5);
    var unreachable = new int[1];
    var flood =
        new Told(world) {
          @Override
          public void up(int machine, int link, int peer, boolean dialled) {
            assertThat(dialled ? world.places().dialable(peer) : world.places().dialable(machine))
                .isTrue();
          }

          @Override
          public void unreachable(int machine, int peer) {
            unreachable[0]++;
          }
        };
    for (int machine = 0; machine < 500; machine++) {
      world.startAfter(machine, 0);
    }
    world.runUntil(1, flood);
    for (int machine = 1; machine < 500; machine++) {
      world.network().dial(0, machine);
    }
    world.runUntil(20 * SECOND_NANOS, flood);
    assertThat(unreachable[0]).isBetween(150, 350);
  }

  /// Hears and says nothing.
  static class Told implements Inhabitants {
    final World world;

    Told(World world) {
      this.world = world;
    }

    @Override
    public void started(int machine) {}

    @Override
    public void crashed(int machine) {}

    @Override
    public void up(int machine, int link, int peer, boolean dialled) {}

    @Override
    public void down(int machine, int link, int peer) {}

    @Override
    public void unreachable(int machine, int peer) {}

    @Override
    public void arrived(int machine, int link, int peer, Object body, int word) {}

    @Override
    public void rang(int machine, int which) {}
  }
}
