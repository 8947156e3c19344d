package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.MachineId;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private static MachineId machine(RandomGenerator random) {
    return new MachineId(random.nextLong(), random.nextLong(), 0, 0);
  }

  private static Crowd of(int machines, RandomGenerator random) {
    var crowd = Crowd.of(1, machine(random));
    for (int i = 1; i < machines; i++) {
      crowd = crowd.with(Crowd.of(1, machine(random)));
    }
    return crowd;
  }

  /// The mean of fifty sketches has a standard error of 2.5 %.
  @Test
  void itTellsHowManyThereAre() {
    Seeds.check(
        2,
        random -> {
          for (int machines : List.of(1, 10, 50, 100, 1_000, 20_000)) {
            double mean = 0;
            for (int i = 0; i < 50; i++) {
              mean += of(machines, random).estimate() / 50;
            }
            assertThat(mean).isCloseTo(machines, Percentage.withPercentage(13));
          }
        });
  }

  @Test
  void whoIsCountedTwiceCountsOnceInWhateverOrder() {
    Seeds.check(
        200,
        random -> {
          var some = of(random.nextInt(1, 300), random);
          var others = of(random.nextInt(1, 300), random);
          var all = some.with(others);
          assertThat(others.with(some)).isEqualTo(all);
          assertThat(all.with(some)).isSameAs(all);
          assertThat(some.with(all)).isSameAs(all);
          assertThat(all.estimate())
              .isGreaterThanOrEqualTo(Math.max(some.estimate(), others.estimate()));
        });
  }

  @Test
  void eachRegisterHoldsTheGreaterOfTwo() {
    var one = new Crowd(1, 0x3C00_0102_0304_0506L, 0, 60, 1);
    var other = new Crowd(1, 0x003C_0201_0304_0605L, 7, 59, 2);
    assertThat(one.with(other)).isEqualTo(new Crowd(1, 0x3C3C_0202_0304_0606L, 7, 60, 2));
  }

  @Test
  void noRegisterIsBeyondTheLongestHash() {
    assertThat(Crowd.isPossible(0x3C3C_3C3C_3C3C_3C3CL)).isTrue();
    assertThat(Crowd.isPossible(0x3D00_0000_0000_0000L)).isFalse();
    assertThat(Crowd.isPossible(-1)).isFalse();
    Seeds.check(
        1_000,
        random -> {
          var crowd = Crowd.of(1, machine(random));
          for (long word : List.of(crowd.a(), crowd.b(), crowd.c(), crowd.d())) {
            assertThat(Crowd.isPossible(word)).isTrue();
          }
        });
  }
}
