package io.sennit.overlay;

import static io.sennit.overlay.Lone.ASIDE;
import static io.sennit.overlay.Lone.MIDST;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.MachineId;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RanksTest {
  private final Membership membership =
      new Membership(
          Lone.contact(0, MIDST),
          new Links(Capacity.HOME),
          new Chance(1),
          new Membership.Changes() {
            @Override
            public long inUse() {
              return 0;
            }

            @Override
            public void gained(int slot, int now, Effects out) {}

            @Override
            public void lost(int slot, int now, Effects out) {}
          });

  private Ranks ranks() {
    var ranks = new Ranks(membership);
    ranks.start(0);
    return ranks;
  }

  private void learn() {
    for (var contact : Lone.circle(100)) {
      membership.passive().add(contact, true, new Chance(1));
    }
  }

  private void moveTo(Coordinate where) {
    membership.renew(Lone.contact(0, where));
  }

  private boolean isCentral(Ranks ranks) {
    return ranks.own(0) == Ranks.of(0, membership.self().machine(), true);
  }

  @Test
  void itChangesItsMindUntilItHasSettled() {
    var ranks = ranks();
    assertThat(isCentral(ranks)).as("nobody known").isFalse();
    learn();
    assertThat(isCentral(ranks)).isTrue();
    moveTo(ASIDE);
    assertThat(isCentral(ranks)).isFalse();
    moveTo(MIDST);
    assertThat(isCentral(ranks)).isTrue();
    ranks.due(Ranks.SETTLING_MILLIS - 1);
    moveTo(ASIDE);
    assertThat(isCentral(ranks)).isFalse();
    ranks.due(Ranks.SETTLING_MILLIS);
    moveTo(MIDST);
    assertThat(isCentral(ranks)).as("asked for the first time since").isTrue();
    moveTo(ASIDE);
    assertThat(isCentral(ranks)).as("for good").isTrue();
  }

  @Test
  void whoIsCentralComesBeforeAllOthers() {
    learn();
    var ranks = ranks();
    assertThat(ranks.precedes(0, Long.MIN_VALUE)).as("the least of the others").isTrue();
    assertThat(ranks.precedes(0, 0)).as("the least of all").isFalse();
    moveTo(ASIDE);
    assertThat(ranks.precedes(0, Long.MIN_VALUE)).isFalse();
    assertThat(ranks.precedes(0, -1)).as("the greatest").isTrue();
  }

  @Test
  void howManyComeBeforeItFollowsFromItsRank() {
    learn();
    Seeds.check(
        20,
        random -> {
          boolean central = random.nextBoolean();
          var where = central ? MIDST : ASIDE;
          membership.renew(new Contact(machine(random), "here", Capacity.HOME, where));
          var ranks = ranks();
          long own = ranks.own(1);
          int machines = 40 * Ranks.CENTRAL_PART;
          int before = 0;
          for (int i = 0; i < machines; i++) {
            long other = Ranks.of(1, machine(random), i % Ranks.CENTRAL_PART == 0);
            before += Long.compareUnsigned(other, own) < 0 ? 1 : 0;
          }
          assertThat(ranks.before(1, machines))
              .isCloseTo(before, Offset.offset(central ? 20.0 : 130.0));
        });
  }

  private static MachineId machine(RandomGenerator random) {
    return new MachineId(random.nextLong(), 0, 0, 0);
  }
}
