package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static final Offset<Double> LITTLE = Offset.offset(0.1);

  private static Census census(int machine) {
    var census = new Census(Lone.contact(machine).machine());
    census.start(0);
    return census;
  }

  @Test
  void whoTellEachOtherCountTheSame() {
    var one = census(1);
    var other = census(2);
    one.heard(other.crowd(10), 10);
    other.heard(one.crowd(20), 20);
    assertThat(one.machines(20)).isCloseTo(2, LITTLE);
    assertThat(other.crowd(20)).isSameAs(one.crowd(20));
  }

  @Test
  void aNewSketchCountsOnlyWhoIsThere() {
    var census = census(1);
    census.heard(Lone.crowd(0, 1_000), 10);
    double many = census.machines(10);
    assertThat(many).isBetween(400.0, 1_900.0);
    int later = Census.EPOCH_MILLIS;
    assertThat(census.crowd(later - 1).epoch()).isZero();
    assertThat(census.crowd(later).epoch()).isEqualTo(1);
    assertThat(census.machines(later)).as("nobody has told of the others yet").isEqualTo(many);
    census.heard(Lone.crowd(1, 30), later + 1_000);
    double few = census.machines(later + Census.FRESH_MILLIS);
    assertThat(few).isBetween(10.0, 60.0);
  }

  @Test
  void aNewerEpochIsFollowedAndAnOlderOneIsNot() {
    var census = census(3);
    census.heard(Lone.crowd(7, 20), 10);
    assertThat(census.crowd(10).epoch()).as("who has none takes any").isEqualTo(7);
    var seven = census.crowd(10);
    assertThat(seven.estimate()).as("itself counts").isGreaterThan(Lone.crowd(7, 20).estimate());
    census.heard(Lone.crowd(6, 1_000), 20);
    census.heard(Lone.crowd(0, 1_000), 20);
    assertThat(census.crowd(20)).isSameAs(seven);
    census.heard(Lone.crowd(8, 3), 30);
    assertThat(census.crowd(30).epoch()).isEqualTo(8);
    assertThat(census.machines(30)).as("for a while, what was").isEqualTo(seven.estimate());
  }

  @Test
  void epochsGoOnForEver() {
    var census = census(1);
    census.heard(Lone.crowd(Integer.MAX_VALUE, 20), 10);
    assertThat(census.crowd(10 + Census.EPOCH_MILLIS).epoch()).isEqualTo(1);
    census.heard(Lone.crowd(Integer.MAX_VALUE, 1_000), 20 + Census.EPOCH_MILLIS);
    assertThat(census.crowd(20 + Census.EPOCH_MILLIS).epoch()).isEqualTo(1);
  }
}
