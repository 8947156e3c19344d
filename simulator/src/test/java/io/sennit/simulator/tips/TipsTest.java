package io.sennit.simulator.tips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sennit.Seeds;
import io.sennit.machine.ParentRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The production rule against what is known of it, and what it promises.
final class TipsTest {
  private static final Federation.Listener NOBODY = new Federation.Listener() {};

  /// So many that nobody has written before: then no parent is an own one that is no tip.
  private static final int STRANGERS = 100_000_000;

  private static Figures run(Setting setting) {
    return Figures.of(setting, NOBODY);
  }

  /// The number of tips at one moment is about Poisson, and two moments a delay apart have little
  /// to do with each other: so the mean over t delays has a standard error of √(tips/t), and less
  /// certain parts of it are covered by four of them.
  private static double tolerance(Setting setting, double tips) {
    double delays = (setting.events() - setting.firstCounted()) / setting.lambdaH();
    return 4 * Math.sqrt(tips / delays);
  }

  /// S. Popov, *The Tangle*, 2018, section 3: k random parents leave k/(k−1)·λ·h tips.
  @Test
  void kRandomParentsLeaveTheTipsThatTheLawSays() {
    Seeds.check(
        2,
        random -> {
          for (int k : new int[] {2, 4, 8, 32}) {
            var rule = new ParentRule(k, k);
            var setting =
                Setting.of(STRANGERS, 100, Delay.CONSTANT, random.nextLong()).with(rule::choose);
            double law = k / (k - 1.0) * 100;
            assertThat(run(setting).tips())
                .as("k = " + k)
                .isCloseTo(law, within(tolerance(setting, law) + 0.02 * law));
          }
        });
  }

  @Test
  void allTipsLeaveOneMoreThanAreOnTheirWay() {
    Seeds.check(
        2,
        random -> {
          for (double lambdaH : new double[] {1, 10, 100}) {
            var setting = Setting.of(STRANGERS, lambdaH, Delay.CONSTANT, random.nextLong());
            assertThat(run(setting).tips())
                .isCloseTo(lambdaH + 1, within(tolerance(setting, lambdaH + 1)));
          }
        });
  }

  /// However much is written: a machine's own events cover each other.
  @Test
  void thereAreNeverMoreTipsThanMachinesWhileAllAreStrict() {
    for (var delay : Delay.values()) {
      var figures = run(Setting.of(200, 1_000, delay, 7).withEvents(8_000));
      assertThat(figures.tipsP99()).isLessThanOrEqualTo(200);
      assertThat(figures.boundedShare()).isZero();
      assertThat(figures.coveredMax()).isLessThan(delay == Delay.CONSTANT ? 1.0 : 1.5);
    }
  }

  /// Event by event: strict and whole up to 256 tips, 32 above, the own last one among them.
  @Test
  void theBorderIsAt256AndTheOwnLastEventIsAlwaysAParent() {
    Seeds.check(
        2,
        random -> {
          var counts = new int[2];
          var last = new ArrayList<Integer>();
          int machines = 300;
          for (int i = 0; i < machines; i++) {
            last.add(0);
          }
          var descends = new boolean[1];
          var setting =
              Setting.of(machines, 3_000, Delay.CONSTANT, random.nextLong()).withEvents(12_000);
          Federation.run(
              setting.with((tips, ownLast, draws) -> {
                var choice = ParentRule.SENNIT.choose(tips, ownLast, draws);
                boolean bounded = tips.size() > 256;
                counts[bounded ? 1 : 0]++;
                assertThat(choice.tips()).isEqualTo(bounded ? tips.size() : 0);
                assertThat(choice.parents()).hasSize(bounded ? 32 : tips.size()).isSorted();
                assertThat(choice.parents()).doesNotHaveDuplicates();
                descends[0] = ownLast == null || choice.parents().contains(ownLast) || !bounded;
                return choice;
              }),
              new Federation.Listener() {
                @Override
                public void written(History history, int event) {
                  int before = last.set(history.author(event), event);
                  assertThat(descends[0]).isTrue();
                  if (history.bounded(event) && before > 0) {
                    assertThat(history.parents(event)).contains(before);
                  }
                }
              });
          assertThat(counts).as("strict and bounded").doesNotContain(0);
        });
  }

  /// The rule must draw: whoever takes the oldest takes what all others take, and what is left
  /// grows for ever. The same test, with such a rule, must fail.
  @Test
  void whatIsLeftOverDoesNotGrowAndWithTheOldestFirstItDoes() {
    var setting = Setting.of(10_000, 400, Delay.CONSTANT, 3).withEvents(12_000);
    assertThat(growth(setting)).isBetween(0.9, 1.1);
    assertThat(growth(setting.with(TipsTest::oldest))).isGreaterThan(1.3);
  }

  /// Tips in the last quarter over those in the second.
  private static double growth(Setting setting) {
    var history = Federation.run(setting, NOBODY);
    int quarter = history.count() / 4;
    return mean(history, 3 * quarter, history.count()) / mean(history, quarter, 2 * quarter);
  }

  private static double mean(History history, int from, int to) {
    long sum = 0;
    for (int event = from; event < to; event++) {
      sum += history.tips(event);
    }
    return (double) sum / (to - from);
  }

  private static ParentRule.Choice<Integer> oldest(
      List<Integer> tips, @Nullable Integer ownLast, java.util.random.RandomGenerator random) {
    return tips.size() <= ParentRule.SENNIT.strictMax()
        ? new ParentRule.Choice<>(tips, 0)
        : new ParentRule.Choice<>(tips.subList(0, ParentRule.SENNIT.bounded()), tips.size());
  }

  @Test
  void theSameSeedWritesTheSameHistory() {
    var setting = Setting.of(100, 300, Delay.VARIED, 11).withEvents(3_000);
    assertThat(run(setting)).isEqualTo(run(setting));
    assertThat(run(setting))
        .isNotEqualTo(run(new Setting(100, 300, Delay.VARIED, 64, 3_000, setting.choice(), 12)));
  }
}
