package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Graphs;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What two machines say to each other until they hold the same, counted.
final class ExchangeTest {
  private static final int AUTHORS = 64;

  private final SplittableRandom random = new SplittableRandom(42);

  private static void print(Pair pair, String what) {
    System.out.println(pair.figures(what));
  }

  private static void assertProven(Pair pair) {
    assertThat(pair.equal()).isTrue();
    assertThat(pair.left.state()).isEqualTo("in-sync");
    assertThat(pair.right.state()).isEqualTo("in-sync");
  }

  @Test
  void whoHoldsTheSameIsInSyncWithTheHellosAlone() {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var pair = new Pair(shared, shared).connect();
    print(pair, "in sync, Hello");
    assertProven(pair);
    assertThat(pair.kinds).containsOnly(Map.entry("Hello", 2));
    pair.forget();
    pair.prove(pair.left);
    print(pair, "in sync, proven again");
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(100);
    assertProven(pair);
  }

  /// Two greetings, and nothing else.
  @Test
  void whoHoldsWhatBothHeldWhenTheyLastMetProvesItWithAHundredBytes() {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var pair = new Pair(shared, shared).connect();
    pair.hangUp();
    pair.forget();
    pair.connect();
    print(pair, "in sync, met before");
    assertProven(pair);
    assertThat(pair.kinds).containsOnly(Map.entry("Again", 2));
    assertThat(pair.flights).isEqualTo(1);
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(100);
  }

  /// Only one side wrote since: the other's short greeting says enough, and nothing waits.
  @Test
  void whoMetBeforeIsGivenAfterOneRoundTrip() {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var pair = new Pair(shared, shared).connect();
    pair.hangUp();
    pair.forget();
    pair.left.append(3);
    pair.connect();
    print(pair, "met before, one side wrote");
    assertProven(pair);
    assertThat(pair.kinds).containsEntry("Again", 1).containsEntry("Hello", 1);
    assertThat(pair.flightsToFirstEvents).isEqualTo(2);
    assertThat(pair.repeated).isZero();
    assertThat(pair.left.store.count()).isEqualTo(shared.size() + 3);
  }

  /// Both wrote: both greet at length.
  @Test
  void whoWroteSinceGreetsAtLength() {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var pair = new Pair(shared, shared).connect();
    pair.hangUp();
    pair.forget();
    pair.left.append(3);
    pair.right.append(2);
    pair.connect();
    print(pair, "met before, both wrote");
    assertProven(pair);
    assertThat(pair.kinds).containsEntry("Hello", 2).doesNotContainKey("Again");
    assertThat(pair.flightsToFirstEvents).isEqualTo(2);
  }

  /// One of them was started again, and has written or not: it greets at length, and does not know
  /// what the other speaks of; so half a round trip is added.
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whoForgotIsToldAtLength(int written) {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var pair = new Pair(shared, shared).connect();
    pair.hangUp();
    pair.forget();
    pair.restartRight();
    pair.right.append(written);
    pair.connect();
    print(pair, "met before, one was started again, wrote " + written);
    assertProven(pair);
    assertThat(pair.kinds).containsEntry("Again", 1).containsEntry("Hello", 1);
    assertThat(pair.flightsToFirstEvents).isEqualTo(written == 0 ? 0 : 3);
    assertThat(pair.left.store.count()).isEqualTo(shared.size() + written);
  }

  /// One of them was put back to an older state while the other remembers the newer one.
  @Test
  void whoLostSomethingIsGivenIt() {
    var before = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var shared = Histories.talk(random, before, 1, AUTHORS, 100);
    var pair = new Pair(shared, shared).connect();
    pair.hangUp();
    pair.forget();
    pair.restartRight(Graphs.store(before));
    pair.connect();
    print(pair, "met before, one lost something");
    assertProven(pair);
    assertThat(pair.right.store.count()).isEqualTo(shared.size());
    assertThat(pair.repeated).isZero();
    pair.hangUp();
    pair.restartRight(Graphs.store(Histories.chain(before, 77, 500)));
    pair.connect();
    assertProven(pair);
    assertThat(pair.left.store.count()).isEqualTo(shared.size() + 500);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 20_000})
  void whoLacksIsGivenExactlyThatAfterOneRoundTrip(int behind) {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 2_000);
    var ahead = Histories.talk(random, shared, 1, AUTHORS, behind);
    var pair = new Pair(ahead, shared).connect();
    print(pair, "one side behind by " + behind);
    assertProven(pair);
    assertThat(pair.repeated).isZero();
    assertThat(pair.flightsToFirstEvents).isEqualTo(2);
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(2_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 10_000})
  void afterAPartitionOfSixtyFourAuthorsTheControlIsTwoKilobytes(int each) {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 5_000);
    var pair =
        new Pair(
                Histories.talk(random, shared, 1, AUTHORS / 2, each),
                Histories.talk(random, shared, 1 + AUTHORS / 2, AUTHORS / 2, each))
            .connect();
    print(pair, "64 authors, " + each + " + " + each);
    assertProven(pair);
    assertThat(pair.repeated).isZero();
    assertThat(pair.flightsToFirstEvents).isEqualTo(2);
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(2_000);
  }

  /// Whoever is asked before all that it took is durable answers then, and need not ask itself.
  @Test
  void aSlowDiskNeedsOneProofAndNoSnapshots() {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 5_000);
    var pair =
        new Pair(
            Histories.talk(random, shared, 1, AUTHORS / 2, 1_000),
            Histories.talk(random, shared, 1 + AUTHORS / 2, AUTHORS / 2, 1_000));
    pair.right.syncFlights = 5;
    pair.connect();
    print(pair, "64 authors, 1000 + 1000, a slow disk");
    assertProven(pair);
    assertThat(pair.kinds).containsEntry("Compare", 1).doesNotContainKey("Describe");
  }

  /// The test of Kleppmann and Howard (arXiv 2012.00472), where 1,000 + 1,000 cost 1 to 3 kB.
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 100_000})
  void twoChainsNeedSixHundredBytesAndOneRoundTrip(int each) {
    var shared = Histories.chain(Histories.root(), 1, 100);
    var pair =
        new Pair(Histories.chain(shared, 2, each), Histories.chain(shared, 3, each)).connect();
    print(pair, "chains of " + each + " + " + each);
    assertProven(pair);
    assertThat(pair.repeated).isZero();
    assertThat(pair.flightsToFirstEvents).isEqualTo(2);
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(600);
  }

  @Test
  void fourHundredAuthorsNameTheirTipsAboveTheCut() {
    int authors = 400;
    var shared = Histories.talk(random, Histories.root(), 1, authors, 10_000);
    var pair =
        new Pair(
                Histories.talk(random, shared, 1, authors / 2, 5_000),
                Histories.talk(random, shared, 1 + authors / 2, authors / 2, 5_000))
            .connect();
    print(pair, "400 authors, 5000 + 5000");
    assertProven(pair);
    assertThat(pair.repeated).isZero();
    assertThat(pair.kinds).containsKey("Tips").doesNotContainKey("Ranges");
    assertThat(pair.flightsToFirstEvents).isEqualTo(3);
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(10_000);
  }

  /// Far more authors than are looked up one by one; most have been silent for long.
  @Test
  void authorsWhoWroteLongAgoCostNothing() {
    var shared = Histories.talk(random, Histories.root(), 1, 2_000, 12_000);
    var before = Histories.talk(random, shared, 1, 60, 3_000);
    var pair =
        new Pair(
                Histories.talk(random, before, 1, 30, 500),
                Histories.talk(random, before, 31, 30, 500))
            .connect();
    print(pair, "2,000 authors, 60 of them awake, 500 + 500");
    assertProven(pair);
    assertThat(pair.repeated).isZero();
    assertThat(pair.kinds).doesNotContainKeys("Seek", "Ranges");
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(4_000);
  }

  /// A link that breaks in the middle leaves a difference that the next one finds again.
  @Test
  void whatABrokenLinkCarriedIsNotCarriedAgain() {
    var shared = Histories.talk(random, Histories.root(), 1, AUTHORS, 1_000);
    var left = Histories.talk(random, shared, 1, AUTHORS / 2, 3_000);
    var right = Histories.talk(random, shared, 1 + AUTHORS / 2, AUTHORS / 2, 3_000);
    var pair = new Pair(left, right);
    pair.connectFor(2);
    assertThat(pair.equal()).isFalse();
    assertThat(pair.givenSizeBytes).isPositive();
    pair.hangUp();
    pair.connect();
    print(pair, "64 authors, 3000 + 3000, broken once");
    assertProven(pair);
    assertThat(pair.repeated).isZero();
  }
}
