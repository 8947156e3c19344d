package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.overlay.World.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Many overlays in a small world. Figures of a million are the large simulator's; here is shown
/// that nothing is missing.
class OverlayTest {
  private static final int REGIONS = 12;

  private static World settled(SplittableRandom random, int machines) {
    var world = new World(random, REGIONS);
    world.join(machines, 50 * World.MILLI, Capacity.HOME);
    world.run(120 * World.SECOND);
    return world;
  }

  @Test
  void whoJoinsIsConnectedWithEverybody() {
    Seeds.check(
        2,
        random -> {
          var world = new World(random, REGIONS);
          world.join(300, 20 * World.MILLI, Capacity.HOME);
          world.run(20 * World.SECOND);
          assertThat(reached(world)).hasSize(300);
          world.run(60 * World.SECOND);
          assertThat(reached(world)).hasSize(300);
        });
  }

  /// Times are kept as milliseconds in 32 bits: after 25 days they become negative, after 50 they
  /// are 0 again.
  @Test
  void aClockThatWrapsChangesNothing() {
    Seeds.check(
        2,
        random -> {
          long seed = random.nextLong();
          var ordinary = life(seed, 3L << 30);
          assertThat(life(seed, (1L << 31) - 40_000)).isEqualTo(ordinary);
          assertThat(life(seed, (1L << 32) - 40_000)).isEqualTo(ordinary);
        });
  }

  /// What came of a world that began so late: who is whose neighbour, who has what, and how many
  /// bytes and copies it took.
  private static List<Object> life(long seed, long beganMillis) {
    var random = new SplittableRandom(seed);
    var world = new World(random, REGIONS);
    world.now = beganMillis * World.MILLI;
    world.join(60, 200 * World.MILLI, Capacity.HOME);
    var lived = new ArrayList<Object>();
    for (int i = 0; i < 20; i++) {
      long run = write(world, world.any(), random, 300);
      world.run(5 * World.SECOND);
      lived.add(world.alive().stream().filter(host -> host.arrivedAt.containsKey(run)).count());
      world.hosts.get(2 * i).crash(random.nextBoolean());
      world
          .alive()
          .forEach(host ->
              lived.add(host.neighbours().stream().map(neighbour -> neighbour.index).toList()));
      lived.add(world.bytes);
      lived.add(copies(world));
    }
    return lived;
  }

  @Test
  void bothEndsCountOnALinkAndNobodyHasTooMany() {
    Seeds.check(
        2,
        random -> {
          var world = settled(random, 200);
          int few = 0;
          int oneSided = 0;
          for (var host : world.hosts) {
            var neighbours = host.neighbours();
            assertThat(neighbours).doesNotHaveDuplicates().doesNotContain(host);
            assertThat(neighbours.size()).isLessThanOrEqualTo(Capacity.HOME.most());
            few += neighbours.size() < Capacity.HOME.wanted() - 2 ? 1 : 0;
            for (var other : neighbours) {
              oneSided += other.neighbours().contains(host) ? 0 : 1;
            }
          }
          assertThat(few).as("machines with few links").isLessThan(5);
          assertThat(oneSided).as("links of which one end has just begun or ended").isLessThan(5);
        });
  }

  @Test
  void withEverybodyASenderNearlyNothingComesTwice() {
    Seeds.check(
        2,
        random -> {
          var world = settled(random, 150);
          world.run(180 * World.SECOND);
          long before = copies(world);
          var runs = new ArrayList<Long>();
          for (var host : world.hosts) {
            runs.add(write(world, host, random, 300));
            world.run(20 * World.MILLI);
          }
          world.run(5 * World.SECOND);
          assertEverybodyHas(world, runs);
          double each = (copies(world) - before) / (150.0 * 149);
          assertThat(each).as("payloads for each delivery").isBetween(1.0, 1.05);
        });
  }

  @Test
  void largeRunsAreAskedForAndComeOnce() {
    Seeds.check(
        2,
        random -> {
          var world = settled(random, 100);
          world.run(120 * World.SECOND);
          long before = copies(world);
          var runs = new ArrayList<Long>();
          for (int i = 0; i < 10; i++) {
            runs.add(write(world, world.any(), random, Spread.PUSH_BYTES_MAX + 1));
            world.run(World.SECOND);
          }
          world.run(5 * World.SECOND);
          assertEverybodyHas(world, runs);
          assertThat((copies(world) - before) / (10.0 * 99)).isBetween(1.0, 1.05);
        });
  }

  @Test
  void afterACrashOfAThirdEverybodyIsReached() {
    Seeds.check(2, random -> crash(random, 0.3, 20 * World.SECOND, true));
  }

  @Test
  void afterACrashOfFourFifthsEverybodyIsReached() {
    Seeds.check(2, random -> crash(random, 0.8, 60 * World.SECOND, true));
  }

  @Test
  void deadLinksAreFoundByTheirSilence() {
    Seeds.check(1, random -> crash(random, 0.3, 150 * World.SECOND, false));
  }

  private static void crash(
      SplittableRandom random, double share, long repairNanos, boolean noticed) {
    var world = settled(random, 250);
    for (var host : world.alive()) {
      if (random.nextDouble() < share) {
        host.crash(noticed);
      }
    }
    world.run(repairNanos);
    assertThat(reached(world)).hasSameSizeAs(world.alive());
    var runs = new ArrayList<Long>();
    for (int i = 0; i < 10; i++) {
      runs.add(write(world, world.any(), random, 300));
      world.run(100 * World.MILLI);
    }
    world.run(8 * World.SECOND);
    assertEverybodyHas(world, runs);
    world.run(120 * World.SECOND);
    assertTrees(world);
  }

  @Test
  void everyTreeHasOneRootAndNoCircle() {
    Seeds.check(
        3,
        random -> {
          var world = settled(random, 200);
          for (int i = 0; i < 20; i++) {
            world.run(random.nextLong(5 * World.SECOND));
            assertNoCircle(world); // at any moment
          }
          world.run(60 * World.SECOND);
          assertTrees(world);
        });
  }

  @Test
  void aRootThatDiesIsSucceeded() {
    Seeds.check(
        2,
        random -> {
          var world = settled(random, 100);
          for (int t = 0; t < Trees.COUNT; t++) {
            for (var host : world.alive()) {
              if (host.overlay.figures().trees().get(t).root()) {
                host.crash(true);
              }
            }
          }
          world.run(60 * World.SECOND);
          assertTrees(world);
        });
  }

  @Test
  void upToNineMachinesAreAFullMesh() {
    Seeds.check(
        5,
        random -> {
          int machines = 2 + random.nextInt(8);
          var world = new World(random, REGIONS);
          world.join(machines, World.SECOND, Capacity.HOME);
          world.run(60 * World.SECOND);
          for (var host : world.hosts) {
            assertThat(host.neighbours()).hasSize(machines - 1);
            assertThat(host.overlay.mesh()).isTrue();
          }
          var runs = new ArrayList<Long>();
          for (var host : world.hosts) {
            runs.add(write(world, host, random, 300));
          }
          world.run(World.SECOND);
          assertEverybodyHas(world, runs);
          assertThat(copies(world)).isEqualTo((long) machines * (machines - 1));
        });
  }

  @Test
  void whoCanOnlyDialOutIsReachedAsWell() {
    Seeds.check(
        2,
        random -> {
          var world = new World(random, REGIONS);
          world.join(60, 50 * World.MILLI, Capacity.HOME);
          for (int i = 0; i < 40; i++) {
            world.joinOne(random.nextBoolean() ? Capacity.HOME : Capacity.LEAF, false);
            world.run(50 * World.MILLI);
          }
          world.run(120 * World.SECOND);
          assertThat(reached(world)).hasSize(100);
          var runs = new ArrayList<Long>();
          for (var host : world.hosts) {
            runs.add(write(world, host, random, 300));
            world.run(20 * World.MILLI);
          }
          world.run(8 * World.SECOND);
          assertEverybodyHas(world, runs);
        });
  }

  @Test
  void theSameSeedGivesTheSameEffects() {
    Seeds.check(
        2,
        random -> {
          long seed = random.nextLong();
          assertThat(trace(seed)).isEqualTo(trace(seed)).isNotEqualTo(trace(seed + 1));
        });
  }

  private static long trace(long seed) {
    var random = new SplittableRandom(seed);
    var world = new World(random, REGIONS);
    world.join(60, 50 * World.MILLI, Capacity.HOME);
    world.run(30 * World.SECOND);
    for (int i = 0; i < 5; i++) {
      write(world, world.any(), random, 300);
    }
    world.any().crash(true);
    world.run(30 * World.SECOND);
    return world.trace;
  }

  @Test
  void idleMachinesSayLittle() {
    Seeds.check(
        1,
        random -> {
          var world = settled(random, 300);
          long before = world.bytes;
          world.run(120 * World.SECOND);
          double each = (world.bytes - before) / 120.0 / 300;
          assertThat(each).as("bytes a second and machine").isLessThan(250);
        });
  }

  @Test
  void stateIsBoundedHoweverManyThereAre() {
    Seeds.check(
        1,
        random -> {
          var world = settled(random, 500);
          long all = 0;
          for (var host : world.hosts) {
            all += Layout.sizeBytes(host.overlay);
            assertThat(host.overlay.figures().passive()).isLessThanOrEqualTo(Passive.SIZE_MAX);
          }
          assertThat(all / 500).as("bytes of an overlay without runs").isLessThan(3_600);
          for (int i = 0; i < 200; i++) {
            write(world, world.any(), random, 300);
          }
          world.run(60 * World.SECOND);
          for (var host : world.hosts) {
            assertThat(host.overlay.figures().runs()).as("remembered too long").isZero();
          }
        });
  }

  @Test
  void nearLinksAreNearerThanRandomOnes() {
    Seeds.check(
        1,
        random -> {
          var world = settled(random, 300);
          world.run(480 * World.SECOND);
          double near = 0;
          double far = 0;
          int nears = 0;
          int fars = 0;
          for (var host : world.hosts) {
            for (int peer : host.overlay.peers()) {
              var other = host.at(peer);
              if (other != null && host.overlay.isRandom(peer)) {
                far += host.latency(other);
                fars++;
              } else if (other != null) {
                near += host.latency(other);
                nears++;
              }
            }
          }
          assertThat(nears).as("half of all links").isGreaterThan(fars);
          assertThat(near / nears).isLessThan(0.65 * far / fars);
        });
  }

  static long write(World world, Host host, SplittableRandom random, int sizeBytes) {
    long run = random.nextLong();
    host.write(run, sizeBytes);
    assertThat(world.hosts).contains(host);
    return run;
  }

  private static long copies(World world) {
    return world.hosts.stream().mapToLong(host -> host.copies).sum();
  }

  private static void assertEverybodyHas(World world, List<Long> runs) {
    for (var host : world.alive()) {
      assertThat(host.arrivedAt.keySet()).as("host %d", host.index).containsAll(runs);
    }
  }

  private static Set<Host> reached(World world) {
    var first = world.alive().getFirst();
    var reached = new HashSet<>(Set.of(first));
    var left = new ArrayDeque<>(reached);
    while (!left.isEmpty()) {
      for (var next : left.remove().neighbours()) {
        if (next.alive && reached.add(next)) {
          left.add(next);
        }
      }
    }
    return reached;
  }

  /// Whoever follows its parents, comes to an end.
  private static void assertNoCircle(World world) {
    for (int t = 0; t < Trees.COUNT; t++) {
      for (var host : world.alive()) {
        var way = new ArrayList<Host>();
        for (var next = host; next != null; ) {
          assertThat(way).as("tree %d", t).doesNotContain(next);
          way.add(next);
          int parent = next.overlay.figures().trees().get(t).parent();
          next = parent < 0 ? null : next.at(parent);
        }
      }
    }
  }

  private static void assertTrees(World world) {
    assertNoCircle(world);
    for (int t = 0; t < Trees.COUNT; t++) {
      int roots = 0;
      int lost = 0;
      for (var host : world.alive()) {
        var tree = host.overlay.figures().trees().get(t);
        roots += tree.root() ? 1 : 0;
        lost += !tree.root() && tree.parent() < 0 ? 1 : 0;
      }
      assertThat(roots).as("roots of tree %d", t).isEqualTo(1);
      assertThat(lost).as("without parent in tree %d, for a moment", t).isLessThan(4);
    }
  }
}
