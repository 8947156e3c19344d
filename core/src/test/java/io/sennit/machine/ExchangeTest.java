package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(pair.kinds.keySet()).containsExactly("Hello", "Verdict");
    pair.forget();
    pair.prove(pair.left);
    print(pair, "in sync, proven again");
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(100);
    assertProven(pair);
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
}
