package io.sennit.overlay;

import static io.sennit.overlay.Lone.ASIDE;
import static io.sennit.overlay.Lone.MIDST;
import static io.sennit.overlay.Lone.contact;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.overlay.Lone.Said;
import io.sennit.overlay.OverlayMessage.Beacon;
import io.sennit.overlay.OverlayMessage.Kind;
import io.sennit.overlay.OverlayMessage.Parent;
import io.sennit.overlay.OverlayMessage.Renew;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreesTest {
  private static final long LEAST = 3;
  private static final long GREATEST = -1;

  private static Lone linked(long seed) {
    var lone = new Lone(seed);
    lone.overlay.start(List.of(contact(100), contact(101)), lone.now, lone);
    lone.neighbours(1, 7, Kind.RANDOM);
    lone.asked();
    return lone;
  }

  private static Beacon beacon(int sequence, int label, boolean answer) {
    return new Beacon(0, 1, LEAST, sequence, label, answer);
  }

  @Test
  void aNewBeaconMakesAParentAndIsPassedOnOnce() {
    var lone = linked(1);
    lone.says(1, beacon(1, 1_000, false));
    var said = lone.asked(Said.class);
    assertThat(said).contains(new Said(1, new Parent(0, true)));
    assertThat(said)
        .filteredOn(one -> one.message() instanceof Beacon)
        .extracting(Said::peer)
        .containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
    lone.says(2, beacon(1, 10, false));
    assertThat(lone.asked(Said.class)).as("the same again").isEmpty();
  }

  /// The old one is told a moment later, else what passes the new parent before it knows of us, and
  /// the old one after it does not any more, has to be asked for.
  @Test
  void aNewerBeaconOnAnotherLinkChangesTheParent() {
    var lone = linked(1);
    lone.says(1, beacon(1, 1_000, false));
    lone.asked();
    lone.says(2, beacon(2, 5_000, false));
    assertThat(lone.said(Parent.class)).containsExactly(new Said(2, new Parent(0, true)));
    lone.run((Trees.HANDOVER_MILLIS + 1) * Lone.MILLI);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(1, new Parent(0, false)));
  }

  @Test
  void whenTheParentIsLostANeighbourNearerToTheRootTakesItsPlaceAtOnce() {
    var lone = linked(2);
    lone.says(1, beacon(1, 1_000, false));
    lone.says(4, beacon(1, 2_000, false));
    lone.says(5, beacon(1, 3_000_000, false)); // further than we are: may hang on us
    lone.asked();
    lone.overlay.down(1, lone.now, lone);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(4, new Parent(0, true)));
    lone.overlay.down(4, lone.now, lone);
    assertThat(lone.said(Renew.class))
        .as("then others are asked")
        .contains(new Said(5, new Renew(0, 1, 1)), new Said(2, new Renew(0, 1, 1)));
    assertThat(lone.overlay.figures().trees().getFirst().parent()).isEqualTo(-1);
  }

  @Test
  void aQuestionGoesUpAndItsAnswerOnlyBackToTheAsker() {
    var lone = linked(3);
    lone.says(1, beacon(1, 1_000, false));
    lone.asked();
    lone.run(Trees.RENEW_MILLIS * Lone.MILLI);
    lone.asked();
    lone.says(5, new Renew(0, 1, 1));
    assertThat(lone.asked(Said.class)).containsExactly(new Said(1, new Renew(0, 1, 1)));
    lone.says(6, new Renew(0, 1, 1));
    assertThat(lone.asked(Said.class)).as("asked just now").isEmpty();
    lone.says(1, beacon(2, 1_000, true));
    assertThat(lone.said(Beacon.class)).extracting(Said::peer).containsExactlyInAnyOrder(5, 6);
    lone.says(7, new Renew(0, 1, 1));
    assertThat(lone.said(Beacon.class)).as("we have a newer one").hasSize(1);
  }

  /// Else every newcomer would make a flood of what concerns it alone: at twenty thousand machines
  /// that joined in 75 seconds, six in ten of all beacons were such.
  @Test
  void anAnswerToANewcomerGoesNoFurther() {
    var lone = linked(6);
    lone.says(1, beacon(7, 1_000, true));
    assertThat(lone.said(Beacon.class)).as("nobody asked").isEmpty();
    lone.says(2, new Beacon(0, 2, LEAST, 1, 1_000, true));
    assertThat(lone.said(Beacon.class)).as("another root concerns everybody").hasSize(6);
  }

  /// Else each lost link would turn the parents of many: towards whoever had asked.
  @Test
  void anAnswerThatOthersWantedIsRememberedUntilTheParentIsLost() {
    var lone = linked(3);
    lone.says(1, beacon(1, 1_000, false));
    lone.asked();
    lone.says(4, beacon(2, 3_000_000, true));
    assertThat(lone.asked(Said.class)).isEmpty();
    assertThat(lone.overlay.figures().trees().getFirst().parent()).isEqualTo(1);
    lone.overlay.down(1, lone.now, lone);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(4, new Parent(0, true)));
    assertThat(lone.overlay.figures().trees().getFirst().sequence()).isEqualTo(2);
    assertThat(lone.overlay.figures().trees().getFirst().labelMicros()).isGreaterThan(3_000_000);
  }

  @Test
  void whoStandsWorseIsAnsweredAndWhoStandsBetterIsNot() {
    var lone = linked(3);
    lone.says(1, beacon(5, 1_000, false));
    int label = lone.overlay.figures().trees().getFirst().labelMicros();
    lone.asked();
    lone.says(2, beacon(5, label - 1, true));
    lone.says(3, beacon(5, label + 1, false));
    assertThat(lone.asked(Said.class)).as("a pulse is no question").isEmpty();
    lone.says(3, beacon(5, label + 1, true));
    lone.says(4, beacon(4, 0, true));
    assertThat(lone.asked(Said.class))
        .containsExactly(new Said(3, beacon(5, label, true)), new Said(4, beacon(5, label, true)));
  }

  @Test
  void aFewAreAskedAtFirstAndEverybodyWhenTheyDoNotHelp() {
    var lone = linked(2);
    lone.says(1, beacon(1, 1_000, false));
    lone.says(5, beacon(1, 3_000_000, false));
    lone.asked();
    lone.overlay.down(1, lone.now, lone);
    assertThat(lone.said(Renew.class)).hasSize(2).contains(new Said(5, new Renew(0, 1, 1)));
    lone.run(Trees.RENEW_MILLIS * Lone.MILLI);
    assertThat(lone.said(Renew.class))
        .filteredOn(said -> said.message().equals(new Renew(0, 1, 1)))
        .extracting(Said::peer)
        .containsExactly(2, 3, 4, 5, 6, 7);
  }

  @Test
  void whoHearsOfNobodySpeaksUp() {
    Seeds.check(
        10,
        random -> {
          var lone = linked(random.nextLong());
          lone.run(20_000 * Lone.MILLI);
          for (int t = 0; t < Trees.COUNT; t++) {
            assertThat(lone.overlay.figures().trees().get(t).root()).isTrue();
            assertThat(lone.overlay.figures().trees().get(t).rank())
                .isEqualTo(Ranks.of(t, lone.self.machine(), false));
          }
        });
  }

  @Test
  void aFormerParentOverWhichTheSameBeaconCameIsToldAtOnce() {
    var lone = linked(3);
    lone.says(1, new Beacon(0, 1, 3, 1, 90_000, false));
    lone.says(2, new Beacon(0, 1, 3, 2, 10_000, false));
    lone.asked();
    lone.says(3, new Beacon(0, 1, 3, 2, 20_000, false));
    lone.run(Lone.MILLI);
    assertThat(lone.said(Parent.class)).as("not over that").isEmpty();
    lone.says(1, new Beacon(0, 1, 3, 2, 20_000, false));
    lone.run(2 * Lone.MILLI);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(1, new Parent(0, false)));
  }

  @Test
  void aFormerParentThatIsTakenAgainIsToldNothingElse() {
    var lone = linked(3);
    lone.says(1, new Beacon(0, 1, 3, 1, 90_000, false));
    lone.says(2, new Beacon(0, 1, 3, 2, 10_000, false));
    lone.says(1, new Beacon(0, 1, 3, 3, 10_000, false));
    lone.asked();
    lone.run((Trees.HANDOVER_MILLIS + 1) * Lone.MILLI);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(2, new Parent(0, false)));
  }

  /// The neighbour answers the ping that it got when it became one: the way there and back took so
  /// long.
  private static void measured(Lone lone, int peer, int millis) {
    long sentMicros = lone.now / 1_000;
    lone.now += millis * Lone.MILLI;
    lone.says(peer, new OverlayMessage.Pong(sentMicros, Coordinate.UNKNOWN));
  }

  @Test
  void aNeighbourOverWhichTheRootIsMuchNearerBecomesParentOnceItIsMeasured() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.says(2, beacon(1, 150_000, false));
    lone.asked();
    lone.says(2, beacon(1, 150_000, true));
    assertThat(lone.said(Parent.class)).as("who knows how far it is").isEmpty();
    measured(lone, 2, 20);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(2, new Parent(0, true)));
    assertThat(lone.overlay.figures().trees().getFirst().labelMicros())
        .isBetween(160_000, 160_000 + 64);
    lone.run((Trees.HANDOVER_MILLIS + 1) * Lone.MILLI);
    assertThat(lone.said(Parent.class)).containsExactly(new Said(1, new Parent(0, false)));
  }

  @Test
  void whoIsOnlyALittleNearerDoesNot() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.says(2, beacon(1, 270_000, false));
    lone.asked();
    measured(lone, 2, 20);
    assertThat(lone.said(Parent.class)).as("280 instead of 300 ms").isEmpty();
  }

  /// What it says could come from us: a circle would close.
  @Test
  void whoSaysMoreThanWeOnceSaidDoesNotEither() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.says(1, beacon(1, 900_000, true));
    assertThat(lone.overlay.figures().trees().getFirst().labelMicros()).isGreaterThan(900_000);
    lone.says(2, beacon(1, 350_000, false));
    lone.asked();
    measured(lone, 2, 20);
    assertThat(lone.said(Parent.class)).as("370 instead of 1,000 ms").isEmpty();
    lone.says(2, beacon(1, 250_000, false));
    assertThat(lone.said(Parent.class)).containsExactly(new Said(2, new Parent(0, true)));
  }

  @Test
  void whenTheWayOverTheParentBecomesLongAnotherIsTaken() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.says(2, beacon(1, 280_000, false));
    measured(lone, 2, 20);
    lone.asked();
    lone.says(1, beacon(1, 400_000, true));
    assertThat(lone.said(Parent.class)).containsExactly(new Said(2, new Parent(0, true)));
  }

  @Test
  void aNewChildLearnsWhereItsParentStands() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.asked();
    lone.says(4, new Parent(0, true));
    assertThat(lone.asked(Said.class)).as("all were told just now").isEmpty();
    lone.says(1, beacon(1, 500_000, true));
    lone.asked();
    lone.says(5, new Parent(0, true));
    int label = lone.overlay.figures().trees().getFirst().labelMicros();
    assertThat(label).isGreaterThan(500_000);
    assertThat(lone.asked(Said.class)).containsExactly(new Said(5, beacon(1, label, true)));
  }

  @Test
  void childrenLearnWhenTheRootIsMuchFurtherThanTheyWereTold() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.says(5, new Parent(0, true));
    lone.asked();
    lone.says(1, beacon(1, 205_000, true));
    assertThat(lone.asked(Said.class)).isEmpty();
    lone.says(1, beacon(1, 260_000, true));
    assertThat(lone.said(Beacon.class))
        .singleElement()
        .satisfies(said -> assertThat(said.peer()).isEqualTo(5))
        .satisfies(said ->
            assertThat(((Beacon) said.message()).labelMicros()).isBetween(360_000, 360_000 + 64));
  }

  @Test
  void childrenLearnWhatAnAnswerFromTheRootChanges() {
    var lone = linked(9);
    lone.says(1, beacon(1, 200_000, false));
    lone.says(5, new Parent(0, true));
    lone.asked();
    lone.says(6, new Renew(0, 1, 1));
    lone.says(1, beacon(2, 201_000, true));
    assertThat(lone.said(Beacon.class)).extracting(Said::peer).containsExactly(6);
    lone.says(6, new Renew(0, 1, 2));
    lone.says(1, beacon(3, 400_000, true));
    assertThat(lone.said(Beacon.class)).extracting(Said::peer).containsExactlyInAnyOrder(5, 6);
  }

  @Test
  void aRootThatHadToAnswerOftenSpeaksToAllEarlier() {
    var lone = linked(8);
    awaitPulse(lone, 60);
    assertThat(lone.overlay.figures().trees().getFirst().root()).isTrue();
    int seconds = 0;
    while (seconds <= Reign.PULSE_MILLIS_ASKED / 1_000) {
      seconds = awaitPulse(lone, 60); // later and later, as long as nobody asks
    }
    for (int asker = 1; asker <= Reign.ANSWERS_MAX; asker++) {
      passSecond(lone);
      var tree = lone.overlay.figures().trees().getFirst();
      lone.says(asker, new Renew(0, tree.term(), tree.sequence()));
    }
    assertThat(awaitPulse(lone, 60))
        .isBetween(
            Reign.PULSE_MILLIS_ASKED / 1_000 - Reign.ANSWERS_MAX - 1,
            Reign.PULSE_MILLIS_ASKED / 1_000);
  }

  /// Seconds until the next beacon goes to everybody.
  private static int awaitPulse(Lone lone, int secondsMax) {
    lone.asked();
    for (int seconds = 1; seconds <= secondsMax; seconds++) {
      passSecond(lone);
      if (lone.asked(Said.class).stream().anyMatch(TreesTest::isPulse)) {
        return seconds;
      }
    }
    throw new AssertionError("no pulse within " + secondsMax + " s");
  }

  private static void passSecond(Lone lone) {
    lone.run((Trees.RENEW_MILLIS + 1) * Lone.MILLI);
    for (int peer = 1; peer <= 7; peer++) {
      lone.says(peer, new Parent(1, false)); // they are alive
    }
  }

  private static boolean isPulse(Said said) {
    return said.message() instanceof Beacon beacon && beacon.tree() == 0 && !beacon.answer();
  }

  /// Else parents that were taken in haste after a crash stay for up to forty seconds.
  @Test
  void aRootThatLosesTwoNeighboursAtOnceSpeaksSoon() {
    var lone = linked(8);
    lone.run(40_000 * Lone.MILLI);
    assertThat(lone.overlay.figures().trees().getFirst().root()).isTrue();
    lone.overlay.down(1, lone.now, lone);
    lone.asked();
    lone.run(Reign.RECOVERY_MILLIS * Lone.MILLI);
    assertThat(lone.said(Beacon.class)).as("one may be gone for any reason").isEmpty();
    lone.overlay.down(2, lone.now, lone);
    lone.run((Reign.RECOVERY_MILLIS + 1) * Lone.MILLI);
    assertThat(lone.said(Beacon.class))
        .filteredOn(said -> said.message() instanceof Beacon beacon && beacon.tree() == 0)
        .extracting(Said::peer)
        .containsExactly(3, 4, 5, 6, 7);
  }

  @Test
  void whoHasALesserRankThanTheRootSaysSo() {
    var lone = linked(4);
    lone.says(1, new Beacon(0, 5, GREATEST, 1, 1_000, false));
    assertThat(lone.overlay.figures().trees().getFirst().root()).isFalse();
    lone.asked();
    lone.run(20_000 * Lone.MILLI);
    long own = Ranks.of(0, lone.self.machine(), false);
    assertThat(lone.said(Beacon.class))
        .extracting(Said::message)
        .contains(new Beacon(0, 5, own, 1, 0, false));
  }

  /// One among a hundred on a circle.
  private static Lone standing(Coordinate where, long seed) {
    var lone = new Lone(contact(0, where), seed);
    lone.overlay.start(Lone.circle(100), lone.now, lone);
    lone.neighbours(1, 7, Kind.RANDOM);
    lone.asked();
    return lone;
  }

  @Test
  void whoIsInTheMidstComesBeforeWhoeverIsNot() {
    long leastOfAThousand = Long.MIN_VALUE + Long.MAX_VALUE / 1_000;
    var notCentral = new Beacon(0, 5, leastOfAThousand, 1, 1_000, false);
    var central = standing(MIDST, 8);
    central.says(1, notCentral);
    central.run(20_000 * Lone.MILLI);
    assertThat(central.said(Beacon.class))
        .extracting(Said::message)
        .contains(new Beacon(0, 5, Ranks.of(0, central.self.machine(), true), 1, 0, false));
    var aside = standing(ASIDE, 8);
    aside.says(1, notCentral);
    aside.run(20_000 * Lone.MILLI);
    assertThat(aside.overlay.figures().trees().getFirst().rank()).isEqualTo(leastOfAThousand);
  }

  /// Else its two ranks would take turns for ever: each is answered with the other.
  @Test
  void whoFindsItsRankFromBeforeARestartTakesItUpAgain() {
    var lone = standing(ASIDE, 9);
    long before = Ranks.of(0, lone.self.machine(), true);
    lone.says(1, new Beacon(0, 5, before, 7, 1_000, false));
    var pulse = new Beacon(0, 5, before, 8, 0, false);
    assertThat(lone.said(Beacon.class)).extracting(Said::message).containsOnly(pulse);
    lone.run(Reign.PULSE_MILLIS_MIN * Lone.MILLI);
    assertThat(lone.said(Beacon.class))
        .extracting(Said::message)
        .contains(new Beacon(0, 5, before, 9, 0, false));
  }

  /// Whether it speaks up as root within some milliseconds after its parent was lost.
  private static boolean speaks(long seed, int parentLabel, int millis) {
    var lone = linked(seed);
    lone.counted(2, 50_000);
    lone.says(1, beacon(1, parentLabel, false));
    lone.overlay.down(1, lone.now, lone);
    lone.run(millis * Lone.MILLI);
    return lone.overlay.figures().trees().getFirst().root();
  }

  @Test
  void whoLosesTheRootItselfSpeaksUpSoonHoweverManyThereAre() {
    Seeds.check(
        20,
        random -> {
          long seed = random.nextLong();
          assertThat(speaks(seed, 0, 6_000)).as("the root is gone").isTrue();
          assertThat(speaks(seed, 5_000, 6_000)).as("somebody is gone").isFalse();
        });
  }

  @Test
  void whoeverSpeaksFirstTellsNothingOfHowManyThereAre() {
    var lone = linked(11);
    lone.counted(2, 50_000);
    long machines = lone.overlay.figures().machines();
    lone.says(1, new Beacon(0, 9, -2, 1, 0, false));
    assertThat(lone.overlay.figures().machines()).isEqualTo(machines);
  }

  @Test
  void whoAskedIsToldWhenANewerBeaconIsTakenFromAnotherNeighbour() {
    var lone = linked(12);
    lone.says(1, beacon(1, 1_000, false));
    lone.says(2, beacon(2, 5_000, true));
    lone.says(5, new Renew(0, 1, 1));
    lone.asked();
    lone.overlay.down(1, lone.now, lone);
    assertThat(lone.said(Beacon.class))
        .singleElement()
        .satisfies(said -> assertThat(said.peer()).isEqualTo(5))
        .satisfies(said -> assertThat(((Beacon) said.message()).sequence()).isEqualTo(2));
  }

  @Test
  void whoIsBehindCarriesNobody() {
    var lone = linked(5);
    lone.overlay.behind(true);
    lone.says(1, beacon(1, 1_000, false));
    assertThat(lone.asked(Said.class)).containsExactly(new Said(1, new Parent(0, true)));
    lone.says(3, new Renew(0, 0, 0));
    assertThat(lone.said(Beacon.class))
        .as("unless asked")
        .extracting(Said::peer)
        .containsExactly(3);
  }

  @Test
  void whoRemembersAnOldRootIsToldOfTheNewOne() {
    var lone = linked(6);
    lone.says(1, new Beacon(0, 3, LEAST, 1, 1_000, false));
    lone.asked();
    lone.says(2, new Beacon(0, 2, LEAST, 9, 1_000, false));
    assertThat(lone.asked(Said.class))
        .singleElement()
        .satisfies(said -> assertThat(said.peer()).isEqualTo(2))
        .satisfies(said -> assertThat(((Beacon) said.message()).term()).isEqualTo(3));
  }

  @Test
  void whatCannotBeIsIgnored() {
    var lone = linked(7);
    lone.says(1, new Beacon(0, -1, LEAST, 1, 1_000, false));
    lone.says(1, new Beacon(0, 1, LEAST, 0, 1_000, false));
    lone.says(1, new Beacon(0, 1, LEAST, 1, -1_000, false));
    assertThat(lone.asked(Said.class)).isEmpty();
  }
}
