package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// Two machines, linked, and what they are told.
  private static final class Pair extends EngineTest.Told {
    final List<String> heard = new ArrayList<>();
    final List<Integer> numbers = new ArrayList<>();
    int link = -1;

    Pair(double loss, long seed) {
      super(new World(2, Topology.world(), loss, seed));
      world.startAfter(0, 0);
      world.startAfter(1, 0);
      world.runUntil(1, this);
      world.network().dial(0, 1);
      world.runUntil(SECOND_NANOS, this);
    }

    @Override
    public void up(int machine, int link, int peer, boolean dialled) {
      this.link = link;
      heard.add("up " + machine + (dialled ? " dialled" : ""));
    }

    @Override
    public void down(int machine, int link, int peer) {
      heard.add("down " + machine);
    }

    @Override
    public void unreachable(int machine, int peer) {
      heard.add("unreachable " + machine);
    }

    @Override
    public void arrived(int machine, int link, int peer, Object body, int word) {
      numbers.add(word);
    }

    void run(double seconds) {
      world.runUntil(world.nowNanos() + (long) (seconds * SECOND_NANOS), this);
    }
  }

  @Test
  void framesOfOneLinkKeepTheirOrderAlsoWhenSomeAreLostAndSentAgain() {
    Seeds.check(
        20,
        random -> {
          var pair = new Pair(0.2, random.nextLong());
          for (int i = 0; i < 100; i++) {
            pair.world.network().send(0, pair.link, "frame", i, 100);
            pair.run(random.nextDouble(0.01));
          }
          pair.run(60);
          var expected = IntStream.range(0, 100).boxed().toList();
          if (pair.heard.contains("down 1")) { // a loss now and then costs the link
            assertThat(expected).startsWith(pair.numbers.toArray(Integer[]::new));
          } else {
            assertThat(pair.numbers).isEqualTo(expected);
          }
        });
  }

  @Test
  void bothEndsAreToldOfALinkAndASecondOneIsRefused() {
    var pair = new Pair(0, 1);
    assertThat(pair.heard).containsExactly("up 1", "up 0 dialled");
    pair.world.network().dial(1, 0);
    pair.run(1);
    assertThat(pair.heard).endsWith("unreachable 1").hasSize(3);
  }

  @Test
  void whatWasSentBeforeHangingUpArrivesAndThenTheEnd() {
    var pair = new Pair(0, 1);
    pair.world.network().send(0, pair.link, "frame", 7, 100);
    pair.world.network().hangUp(0, pair.link);
    pair.world.network().send(0, pair.link, "frame", 8, 100);
    pair.run(1);
    assertThat(pair.numbers).containsExactly(7);
    assertThat(pair.heard).endsWith("down 1").hasSize(3);
    assertThat(pair.world.network().linkCount(0)).isZero();
    assertThat(pair.world.network().linkCount(1)).isZero();
  }

  @Test
  void aProcessThatDiesIsNoticedAtOnceAndAMachineThatVanishesMuchLater() {
    for (boolean silently : new boolean[] {false, true}) {
      var pair = new Pair(0, 1);
      pair.world.crash(0, silently, pair);
      pair.run(1);
      assertThat(pair.heard.contains("down 1")).isEqualTo(!silently);
      pair.run(120);
      assertThat(pair.heard).contains("down 1");
    }
  }

  @Test
  void aLinkIsANumberThatIsNotSoonUsedAgain() {
    var pair = new Pair(0, 1);
    var links = new ArrayList<Integer>();
    for (int i = 0; i < 100; i++) {
      links.add(pair.link);
      pair.world.network().hangUp(0, pair.link);
      pair.run(1);
      pair.world.network().dial(0, 1);
      pair.run(1);
    }
    assertThat(links).doesNotHaveDuplicates();
  }

  @Test
  void aLargeFrameWaitsForTheUplinkAndThoseBehindItWaitToo() {
    var pair = new Pair(0, 1);
    double nanosPerByte = pair.world.places().uplinkNanos(0, 1_000_000) / 1e6;
    int halfASecond = (int) (SECOND_NANOS / 2 / nanosPerByte);
    pair.world.network().send(0, pair.link, "large", 1, halfASecond);
    pair.world.network().send(0, pair.link, "small", 2, 10);
    pair.run(0.4);
    assertThat(pair.numbers).isEmpty();
    pair.run(0.6);
    assertThat(pair.numbers).containsExactly(1, 2);
  }
}
