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
  void onlyWhoHasTheSameBeaconWithALesserLabelMayBecomeParent() {
    var tree = new Tree();
    tree.follow(1, 5, 7);
    tree.label = 10_000;
    tree.heard(3, 9_000);
    tree.heard(9, 10_000);
    assertThat(tree.isFeasible(3)).isTrue();
    assertThat(tree.isFeasible(9)).as("as far as we are").isFalse();
    assertThat(tree.isFeasible(2)).as("said nothing").isFalse();
    tree.follow(1, 5, 8);
    assertThat(tree.isFeasible(3)).as("of an older beacon").isFalse();
    tree.heard(3, 9_000);
    tree.follow(1, 4, 8);
    assertThat(tree.isFeasible(3)).as("of another root").isFalse();
  }

  @Test
  void whatIsOlderByAllBitsOfItsNumberIsNotTakenForNew() {
    var tree = new Tree();
    tree.follow(1, 5, 7);
    tree.label = 10_000;
    tree.heard(3, 9_000);
    tree.follow(1, 5, 7 + (1 << 16));
    assertThat(tree.isFeasible(3)).isFalse();
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
