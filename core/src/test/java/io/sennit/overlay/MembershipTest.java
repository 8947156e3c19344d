package io.sennit.overlay;

import static io.sennit.overlay.Lone.contact;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.overlay.Lone.Dialled;
import io.sennit.overlay.Lone.HungUp;
import io.sennit.overlay.Lone.Said;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final int FULL = Capacity.HOME.most();

  private static Lone full(long seed) {
    var lone = new Lone(seed);
    lone.overlay.start(List.of(), lone.now, lone);
    lone.neighbours(1, FULL, Kind.RANDOM);
    lone.asked();
    lone.run(Membership.DISPLACE_MILLIS * Lone.MILLI);
    return lone;
  }

  /// Else a newcomer knows so few in its first minute that all may be gone at once.
  @Test
  void whoKnowsFewAsksARandomNeighbourForOthers() {
    var lone = new Lone(1);
    int few = Acquaintances.ASK_BELOW - 1;
    var known = IntStream.range(100, 100 + few).mapToObj(Lone::contact).toList();
    lone.overlay.start(known, lone.now, lone);
    lone.neighbours(1, 1, Kind.RANDOM);
    assertThat(lone.said(OverlayMessage.Shuffle.class))
        .singleElement()
        .satisfies(said -> assertThat(said.peer()).isEqualTo(1))
        .satisfies(said ->
            assertThat(((OverlayMessage.Shuffle) said.message()).steps())
                .as("the neighbour itself answers")
                .isZero());
    lone.neighbours(2, 1, Kind.NEAR);
    assertThat(lone.said(OverlayMessage.Shuffle.class)).isEmpty();
    lone.says(1, new OverlayMessage.Shuffled(List.of(contact(99))));
    lone.neighbours(3, 1, Kind.RANDOM);
    assertThat(lone.said(OverlayMessage.Shuffle.class)).as("it knows enough").isEmpty();
  }

  @Test
  void aJoinerDialsWhomItKnowsAndAsksToJoin() {
    var lone = new Lone(1);
    lone.overlay.start(List.of(contact(5)), lone.now, lone);
    assertThat(lone.asked(Dialled.class)).containsExactly(new Dialled(contact(5)));
    lone.overlay.up(9, contact(5).machine(), true, lone.now, lone);
    assertThat(lone.said(OverlayMessage.Join.class))
        .containsExactly(new Said(9, new OverlayMessage.Join(lone.self)));
    lone.says(9, new OverlayMessage.Welcome(contact(5), Kind.RANDOM));
    assertThat(lone.overlay.peers()).containsExactly(9);
  }

  @Test
  void whoIsFullDeclines() {
    var lone = full(1);
    lone.overlay.up(20, contact(20).machine(), false, lone.now, lone);
    lone.says(20, new OverlayMessage.Neighbour(contact(20), Kind.RANDOM, false));
    assertThat(lone.said(OverlayMessage.Decline.class)).extracting(Said::peer).containsExactly(20);
    assertThat(lone.overlay.peers()).hasSize(FULL).doesNotContain(20);
  }

  @Test
  void theUrgentIsTakenInAndSomebodyElseIsSentToIt() {
    Seeds.check(
        20,
        random -> {
          var lone = full(random.nextLong());
          lone.overlay.up(20, contact(20).machine(), false, lone.now, lone);
          lone.says(20, new OverlayMessage.Neighbour(contact(20), Kind.RANDOM, true));
          assertThat(lone.overlay.peers()).hasSize(FULL).contains(20);
          var left = lone.said(OverlayMessage.Leave.class);
          assertThat(left).hasSize(1);
          var leave = (OverlayMessage.Leave) left.getFirst().message();
          assertThat(leave.contacts().getFirst()).isEqualTo(contact(20));
        });
  }

  @Test
  void aJoinerIsTakenInAndWalksAreStarted() {
    var lone = full(3);
    lone.overlay.up(20, contact(20).machine(), false, lone.now, lone);
    lone.says(20, new OverlayMessage.Join(contact(20)));
    var walks = lone.said(OverlayMessage.Walk.class);
    assertThat(walks)
        .hasSize(Membership.WALKS)
        .extracting(Said::message)
        .containsOnly(new OverlayMessage.Walk(contact(20), OverlayMessage.STEPS_MAX));
    assertThat(new HashSet<>(walks)).as("each another way").hasSize(Membership.WALKS);
    assertThat(lone.overlay.peers()).contains(20);
  }

  @Test
  void aWalkGoesOnUntilItsEndWhereTheJoinerIsDialled() {
    var lone = full(4);
    lone.says(2, new OverlayMessage.Walk(contact(30), 4));
    var on = lone.said(OverlayMessage.Walk.class);
    assertThat(on).hasSize(1).extracting(Said::peer).isNotEqualTo(List.of(2));
    assertThat(on.getFirst().message()).isEqualTo(new OverlayMessage.Walk(contact(30), 3));
    lone.says(2, new OverlayMessage.Walk(contact(31), 0));
    assertThat(lone.asked(Dialled.class)).containsExactly(new Dialled(contact(31)));
  }

  @Test
  void whoeverEndsAShuffleAnswersAndRemembers() {
    var lone = full(5);
    var sample = List.of(contact(40), contact(41));
    lone.says(3, new OverlayMessage.Shuffle(contact(42), 0, sample));
    assertThat(lone.said(OverlayMessage.Shuffled.class)).extracting(Said::peer).containsExactly(3);
    assertThat(lone.overlay.book()).contains(contact(40), contact(41), contact(42));
  }

  /// Else four of five machines that crash at once are all that somebody who came a minute ago
  /// knows.
  @Test
  void aNewcomerExchangesSamplesOftenAtFirst() {
    Seeds.check(
        20,
        random -> {
          var lone = new Lone(random.nextLong());
          lone.overlay.start(List.of(), lone.now, lone);
          lone.neighbours(1, 4, Kind.RANDOM);
          lone.asked();
          lone.run(Acquaintances.SHUFFLE_MILLIS / 2 * Lone.MILLI);
          assertThat(lone.said(OverlayMessage.Shuffle.class)).hasSizeBetween(3, 12);
        });
  }

  @Test
  void whenBothDialTheLinkOfTheLesserKeyStays() {
    for (int other = 1; other < 20; other++) {
      var lone = new Lone(other);
      lone.overlay.start(List.of(contact(other)), lone.now, lone);
      boolean ours = lone.self.machine().compareTo(contact(other).machine()) < 0;
      lone.overlay.up(1, contact(other).machine(), true, lone.now, lone);
      lone.overlay.up(2, contact(other).machine(), false, lone.now, lone);
      assertThat(lone.asked(HungUp.class)).containsExactly(new HungUp(ours ? 2 : 1));
    }
  }

  @Test
  void nobodySpeaksForAnother() {
    var lone = full(6);
    lone.overlay.down(1, lone.now, lone);
    lone.overlay.up(50, contact(50).machine(), false, lone.now, lone);
    lone.asked();
    lone.says(50, new OverlayMessage.Neighbour(contact(51), Kind.RANDOM, true));
    assertThat(lone.asked(HungUp.class)).containsExactly(new HungUp(50));
    assertThat(lone.overlay.peers()).doesNotContain(50);
  }

  @Test
  void theIsolatedTriesItsBookAgainAndAgainButNotAllTheTime() {
    Seeds.check(
        10,
        random -> {
          var lone = new Lone(random.nextLong());
          lone.overlay.start(List.of(contact(1), contact(2)), lone.now, lone);
          int dials = 0;
          for (int second = 0; second < 600; second++) {
            for (var dialled : lone.asked(Dialled.class)) {
              dials++;
              lone.overlay.unreachable(dialled.contact(), lone.now, lone);
            }
            lone.run(1_000 * Lone.MILLI);
          }
          assertThat(dials).isBetween(2 * 600 / 90, 60);
        });
  }

  /// Lacks one neighbour, knows many, and was declined by so many of them that it pauses for long.
  private static Lone declined(long seed) {
    var lone = new Lone(seed);
    lone.overlay.start(List.of(), lone.now, lone);
    lone.neighbours(1, Capacity.HOME.wanted() - 1, Kind.RANDOM);
    for (int first = 100; first < 160; first += OverlayMessage.CONTACTS_MAX) {
      int from = first;
      lone.says(
          1,
          new OverlayMessage.Shuffled(
              IntStream.range(from, from + OverlayMessage.CONTACTS_MAX)
                  .mapToObj(Lone::contact)
                  .toList()));
    }
    for (int second = 0, peer = 1_000; second < 90; second++) {
      for (var dialled : lone.asked(Dialled.class)) {
        lone.overlay.up(++peer, dialled.contact().machine(), true, lone.now, lone);
        lone.says(peer, new OverlayMessage.Decline(List.of()));
      }
      for (int neighbour = 1; neighbour < Capacity.HOME.wanted(); neighbour++) {
        lone.says(neighbour, new OverlayMessage.Shuffled(List.of())); // it is alive
      }
      lone.run(1_000 * Lone.MILLI);
    }
    lone.asked();
    return lone;
  }

  @Test
  void whoHasOneLinkLeftDialsAtOnceHoweverOftenItWasDeclined() {
    Seeds.check(
        20,
        random -> {
          var lone = declined(random.nextLong());
          for (int peer = 2; peer < Capacity.HOME.wanted(); peer++) {
            lone.overlay.down(peer, lone.now, lone);
          }
          assertThat(lone.asked(Dialled.class)).isNotEmpty();
        });
  }

  @Test
  void whoHasBecomePoorDoesNotPauseAsIfItHadMany() {
    Seeds.check(
        20,
        random -> {
          var lone = declined(random.nextLong());
          for (int peer = 2; peer < 5; peer++) {
            lone.overlay.down(peer, lone.now, lone);
          }
          lone.run(Membership.PAUSE_MILLIS_POOR * Lone.MILLI);
          assertThat(lone.asked(Dialled.class)).isNotEmpty();
        });
  }

  @Test
  void aLinkWithoutPurposeIsEnded() {
    var lone = full(7);
    lone.overlay.up(60, contact(60).machine(), false, lone.now, lone);
    lone.run(2L * Membership.SETTLE_MILLIS * Lone.MILLI);
    assertThat(lone.asked(HungUp.class)).contains(new HungUp(60));
  }
}
