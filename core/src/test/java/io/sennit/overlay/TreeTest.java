package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void numbersCountInACircle() {
    Seeds.check(
        200,
        random -> {
          int number = random.nextInt(1, Integer.MAX_VALUE);
          int later = number;
          for (int i = random.nextInt(1, 100); i > 0; i--) {
            later = Tree.after(later);
            assertThat(later).isPositive();
          }
          assertThat(Tree.ahead(later, number)).isPositive();
          assertThat(Tree.ahead(number, later)).isNegative();
        });
    assertThat(Tree.ahead(Tree.after(Integer.MAX_VALUE), Integer.MAX_VALUE)).isPositive();
  }

  @Test
  void onlyWhoHasANewerBeaconOrTheSameWithALesserLabelMayBecomeParent() {
    var tree = new Tree();
    tree.follow(1, 5, 7);
    tree.say(10_000);
    tree.heard(3, 7, 9_000);
    tree.heard(9, 7, 10_000);
    tree.heard(5, 8, 10_001);
    tree.heard(6, 6, 0);
    assertThat(tree.isFeasible(3)).isTrue();
    assertThat(tree.isFeasible(9)).as("as far as we are").isFalse();
    assertThat(tree.isFeasible(2)).as("said nothing").isFalse();
    assertThat(tree.isFeasible(5)).as("has a newer one").isTrue();
    assertThat(tree.isFeasible(6)).as("has an older one").isFalse();
    tree.follow(1, 5, 8);
    assertThat(tree.isFeasible(3)).as("of an older beacon").isFalse();
    tree.heard(3, 8, 9_000);
    tree.follow(1, 4, 8);
    assertThat(tree.isFeasible(3)).as("of another root").isFalse();
  }

  @Test
  void whoSaidLessOnceIsBoundByItUntilTheNextBeacon() {
    var tree = new Tree();
    tree.follow(1, 5, 7);
    tree.say(10_000);
    tree.say(30_000);
    tree.heard(3, 7, 20_000);
    assertThat(tree.label).isEqualTo(30_000);
    assertThat(tree.isFeasible(3)).as("may hang on us").isFalse();
    tree.follow(1, 5, 8);
    tree.say(30_000);
    tree.heard(3, 8, 20_000);
    assertThat(tree.isFeasible(3)).isTrue();
  }

  @Test
  void whatIsOlderByAllBitsOfItsNumberIsNotTakenForNew() {
    var tree = new Tree();
    tree.follow(1, 5, 7);
    tree.say(10_000);
    tree.heard(3, 7, 9_000);
    tree.follow(1, 5, 7 + (1 << 16));
    assertThat(tree.isFeasible(3)).isFalse();
  }

  @Test
  void sixteenBitsTellWhichBeaconANeighbourSpokeOf() {
    Seeds.check(
        50,
        random -> {
          var tree = new Tree();
          tree.follow(1, 5, random.nextInt(1, Integer.MAX_VALUE));
          int said = 0;
          for (int i = 0; i < 200; i++) {
            if (random.nextInt(4) == 0) {
              said = (tree.sequence + random.nextInt(-10, 10)) & Integer.MAX_VALUE;
              tree.heard(2, said, 1_000);
            }
            for (int steps = random.nextInt(100); steps > 0; steps--) {
              tree.follow(1, 5, Tree.after(tree.sequence));
            }
            tree.say(1_000);
            if (said != 0) {
              assertThat(tree.heardSequence(2)).isEqualTo(said);
              assertThat(tree.isFeasible(2)).isEqualTo(Tree.ahead(said, tree.sequence) > 0);
            }
          }
        });
  }

  @Test
  void theGreaterTermCountsThenTheLesserRank() {
    var tree = new Tree();
    assertThat(tree.compareRoot(1, -2)).as("anybody is better than nobody").isPositive();
    tree.follow(3, 100, 1);
    assertThat(tree.compareRoot(4, 200)).isPositive();
    assertThat(tree.compareRoot(3, 99)).isPositive();
    assertThat(tree.compareRoot(3, 100)).isZero();
    assertThat(tree.compareRoot(3, -1)).isNegative();
    assertThat(tree.compareRoot(2, 1)).isNegative();
  }
}
