package io.sennit.overlay;

import static io.sennit.overlay.Lone.contact;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.overlay.Lone.Dialled;
import io.sennit.overlay.Lone.HungUp;
import io.sennit.overlay.Lone.Said;
import io.sennit.overlay.OverlayMessage.Kind;
import io.sennit.overlay.OverlayMessage.Ping;
import io.sennit.overlay.OverlayMessage.Pong;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VicinityTest {
  private static Lone linked() {
    var lone = new Lone(1);
    lone.overlay.start(List.of(contact(100)), lone.now, lone);
    lone.neighbours(1, 1, Kind.RANDOM);
    return lone;
  }

  @Test
  void anAnsweredPingMeasuresTheRoundTrip() {
    var lone = linked();
    var ping = (Ping) lone.said(Ping.class).getFirst().message();
    assertThat(lone.overlay.figures().roundTripMicrosMedian()).isEqualTo(-1);
    lone.run(30 * Lone.MILLI);
    lone.says(1, new Pong(ping.sentMicros() + 1_000_000, Coordinate.UNKNOWN));
    assertThat(lone.overlay.figures().roundTripMicrosMedian()).as("not believed").isEqualTo(-1);
    lone.says(1, new Pong(ping.sentMicros(), Coordinate.UNKNOWN));
    assertThat(lone.overlay.figures().roundTripMicrosMedian()).isEqualTo(30_000);
  }

  @Test
  void aPingIsAnswered() {
    var lone = linked();
    lone.says(1, new Ping(4_711, Coordinate.UNKNOWN, Lone.crowd(0, 1)));
    assertThat(lone.said(Pong.class))
        .singleElement()
        .satisfies(said -> assertThat(((Pong) said.message()).echoMicros()).isEqualTo(4_711));
  }

  @Test
  void aPingTellsHowManyThereAreAndIsPassedOn() {
    var lone = linked();
    assertThat(lone.overlay.figures().machines()).isEqualTo(3);
    lone.asked();
    lone.counted(1, 3_000);
    assertThat(lone.overlay.figures().machines()).isBetween(1_500L, 5_000L);
    lone.run(Vicinity.PING_MILLIS_MAX * Lone.MILLI);
    var ping = (Ping) lone.said(Ping.class).getFirst().message();
    assertThat(ping.crowd().with(Lone.crowd(1, 3_000))).isSameAs(ping.crowd());
  }

  @Test
  void aSilentLinkIsEnded() {
    var lone = linked();
    lone.asked();
    lone.run((Vicinity.SILENCE_MILLIS + Vicinity.PING_MILLIS_MAX + 1_000L) * Lone.MILLI);
    assertThat(lone.asked(HungUp.class)).contains(new HungUp(1));
    assertThat(lone.overlay.peers()).isEmpty();
  }

  /// Three neighbours answer for a minute; then one may be gone with a word, and the others answer
  /// or do not. Whether anybody was asked urgently within so many seconds.
  private static boolean asksUrgently(long seed, boolean down, boolean answered, int seconds) {
    var lone = new Lone(seed);
    lone.overlay.start(List.of(), lone.now, lone);
    lone.neighbours(1, 3, Kind.RANDOM);
    for (int first = 100; first < 140; first += 4) {
      var contacts = IntStream.range(first, first + 4).mapToObj(Lone::contact).toList();
      lone.says(1, new OverlayMessage.Shuffled(contacts));
    }
    asksUrgently(lone, true, 60);
    if (down) {
      lone.overlay.down(3, lone.now, lone);
    }
    return asksUrgently(lone, answered, seconds);
  }

  private static boolean asksUrgently(Lone lone, boolean answered, int seconds) {
    boolean urgent = false;
    int peer = (int) (lone.now / Lone.MILLI); // a number never used before
    for (int second = 0; second < seconds; second++) {
      for (var asked : lone.asked()) {
        if (asked instanceof Dialled(var contact)) {
          lone.overlay.up(++peer, contact.machine(), true, lone.now, lone);
        } else if (asked instanceof Said(int to, OverlayMessage.Neighbour neighbour)) {
          urgent |= neighbour.urgent();
          lone.says(to, new OverlayMessage.Decline(List.of()));
        } else if (answered && asked instanceof Said(int to, Ping ping)) {
          lone.says(to, new Pong(ping.sentMicros(), Coordinate.UNKNOWN));
        }
      }
      lone.run(1_000 * Lone.MILLI);
    }
    return urgent;
  }

  @Test
  void whoseNeighboursDoNotAnswerAsksOthersUrgentlyLongBeforeTheLinksEnd() {
    assertThat(asksUrgently(2, true, false, 10)).isTrue();
    assertThat(asksUrgently(2, true, true, 10)).isFalse();
  }

  /// Else a leaf whose neighbours all lose their power would find out by its next ping.
  @Test
  void whoHearsNothingAtAllSoonFindsOutWhetherAnybodyIsThere() {
    Seeds.check(
        20,
        random -> {
          long seed = random.nextLong();
          assertThat(asksUrgently(seed, false, false, 20)).isTrue();
          assertThat(asksUrgently(seed, false, true, 20)).isFalse();
        });
  }

  @Test
  void coordinatesTellRoundTripsBetweenMachinesThatNeverMet() {
    Seeds.check(
        2,
        random -> {
          var world = new World(random, 12);
          world.join(100, 50 * World.MILLI, Capacity.HOME);
          world.run(300 * World.SECOND);
          var wrong = new ArrayList<Double>();
          for (int i = 0; i < 1_000; i++) {
            var one = world.any();
            var other = world.any();
            if (one != other) {
              double millis = 2.0 * one.latency(other) / World.MILLI;
              double told = one.overlay.here().predictedMillis(other.overlay.here());
              wrong.add(Math.abs(told - millis) / millis);
            }
          }
          Collections.sort(wrong);
          assertThat(wrong.get(wrong.size() / 2)).as("median error").isLessThan(0.25);
        });
  }

  @Test
  void noPeerCanThrowUsFar() {
    var lone = linked();
    for (int i = 0; i < 50; i++) {
      lone.says(1, new Pong(lone.now / 1_000 - 20_000, new Coordinate(1e30f, Float.NaN, 1)));
      lone.says(1, new Pong(lone.now / 1_000 - 20_000, new Coordinate(1e30f, 0, 1)));
    }
    var here = lone.overlay.here();
    assertThat(Float.isFinite(here.x()) && Float.isFinite(here.y())).isTrue();
    assertThat(here.predictedMillis(new Coordinate(0, 0, 1))).isFinite();
  }
}
