package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WheelTest {
  private record Put(long tick, long entry) {}

  @Test
  void entriesComeByTickAndInATickInTheOrderOfPutting() {
    Seeds.check(30, random -> putAndPoll(random, 20));
    Seeds.check(1, random -> putAndPoll(random, 26)); // beyond the epoch
  }

  private static void putAndPoll(SplittableRandom random, int reachBits) {
    var wheel = new Wheel();
    var put = new ArrayList<Put>();
    var got = new ArrayList<Put>();
    long[] reach = {1, 100, 10_000, 1L << reachBits};
    for (long entry = 0; entry < 3_000; entry++) {
      long tick = wheel.tick() + random.nextLong(reach[random.nextInt(reach.length)]);
      wheel.put(tick, entry);
      put.add(new Put(tick, entry));
      while (random.nextInt(3) == 0 && wheel.poll(wheel.tick() + 500)) {
        got.add(new Put(wheel.tick(), wheel.entry()));
      }
    }
    while (wheel.poll(Long.MAX_VALUE >> 20)) {
      got.add(new Put(wheel.tick(), wheel.entry()));
      if (wheel.size() == 0) {
        break;
      }
    }
    put.sort(Comparator.comparingLong(Put::tick)); // stable
    assertThat(got).isEqualTo(put);
  }

  @Test
  void whatIsPutIntoThePresentTickComesAfterAllThatIsThere() {
    var wheel = new Wheel();
    for (int i = 0; i < 200; i++) {
      wheel.put(5, i);
    }
    var got = new ArrayList<Long>();
    while (wheel.poll(5)) {
      got.add(wheel.entry());
      if (got.size() == 3) {
        wheel.put(5, 1_000);
      }
    }
    assertThat(got).hasSize(201).startsWith(0L, 1L, 2L).endsWith(198L, 199L, 1_000L);
  }

  @Test
  void nothingIsPutIntoThePast() {
    var wheel = new Wheel();
    wheel.put(10, 1);
    assertThat(wheel.poll(20)).isTrue();
    assertThat(wheel.entry()).isEqualTo(1);
    assertThatThrownBy(() -> wheel.put(9, 2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTimeWithoutEntriesPasses() {
    var wheel = new Wheel();
    assertThat(wheel.poll(100_000)).isFalse();
    assertThat(wheel.tick()).isEqualTo(100_000);
    assertThat(wheel.size()).isZero();
  }
}
