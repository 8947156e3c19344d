package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PassiveTest {
  @Test
  void itHoldsEachOnceAndNeverTooMany() {
    Seeds.check(
        50,
        random -> {
          var passive = new Passive();
          var chance = new Chance(random.nextLong());
          for (int i = 0; i < 1_000; i++) {
            var machine = new MachineId(random.nextInt(300), 0, 0, 0);
            if (random.nextInt(4) == 0) {
              passive.remove(machine);
              assertThat(passive.find(machine)).isEqualTo(-1);
            } else {
              passive.add(
                  new Contact(machine, "there", Capacity.HOME, Coordinate.UNKNOWN), false, chance);
              assertThat(passive.find(machine)).isNotNegative();
            }
          }
          var all = new ArrayList<Contact>();
          passive.sample(1_000, all, chance);
          assertThat(all).doesNotHaveDuplicates().hasSize(passive.size());
          assertThat(all.size()).isLessThanOrEqualTo(Passive.SIZE_MAX);
          var some = new ArrayList<Contact>();
          passive.sample(5, some, chance);
          assertThat(some).doesNotHaveDuplicates().hasSize(Math.min(5, passive.size()));
          assertThat(all).containsAll(some);
        });
  }

  /// The others stand on a circle.
  @Test
  void whoIsNearerToAllThanMostAreIsCentral() {
    var passive = onACircle();
    assertThat(isCentral(passive, 5, 1, Capacity.HOME)).isTrue();
    assertThat(isCentral(passive, 90, 1, Capacity.HOME)).isFalse();
    assertThat(isCentral(passive, 5, 60, Capacity.HOME)).as("a long last mile").isFalse();
    assertThat(isCentral(passive, 5, 60, Capacity.PUBLIC)).as("many links").isTrue();
    assertThat(isCentral(passive, 5, 1, Capacity.LEAF)).as("few links").isFalse();
    var unknown = Lone.contact(0);
    assertThat(passive.isCentral(unknown, 8, 40)).isFalse();
    var midst = Lone.contact(0, new Coordinate(5, -5, 1));
    assertThat(passive.isCentral(midst, 8, 41)).as("too few known").isFalse();
  }

  private static boolean isCentral(Passive passive, float x, float height, Capacity capacity) {
    var where = new Coordinate(x, -x, height);
    var one = new Contact(Lone.contact(0).machine(), "here", capacity, where);
    return passive.isCentral(one, 8, 40);
  }

  @Test
  void whoStandsNowhereDoesNotMoveTheMidst() {
    var passive = onACircle();
    for (int i = 0; i < 4; i++) {
      float wrong = i % 2 == 0 ? Float.NaN : 1e30f;
      var contact = Lone.contact(200 + i, new Coordinate(wrong, wrong, 1));
      passive.add(contact, true, new Chance(1));
    }
    assertThat(isCentral(passive, 5, 1, Capacity.HOME)).isTrue();
    assertThat(isCentral(passive, 90, 1, Capacity.HOME)).isFalse();
  }

  private static Passive onACircle() {
    var passive = new Passive();
    for (var contact : Lone.circle(40)) {
      passive.add(contact, true, new Chance(1));
    }
    return passive;
  }

  @Test
  void whatAMachineSaysOfItselfIsBelieved() {
    var chance = new Chance(1);
    var passive = new Passive();
    var machine = new MachineId(1, 2, 3, 4);
    var old = new Contact(machine, "old", Capacity.HOME, new Coordinate(1, 2, 3));
    var unknown = new Contact(machine, "new", Capacity.HOME, Coordinate.UNKNOWN);
    passive.add(old, false, chance);
    passive.add(unknown, false, chance);
    assertThat(passive.get(0)).as("hearsay without coordinate").isSameAs(old);
    passive.add(unknown, true, chance);
    assertThat(passive.get(0)).isSameAs(unknown);
  }
}
