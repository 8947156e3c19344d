package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GrowthRateTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final GrowthRate rate = new GrowthRate();

  @Test
  void atAnEvenPaceTheRestTakesAsLongAsItIs() {
    for (int tenth = 0; tenth <= 20; tenth++) {
      rate.counted(100L * tenth, tenth * SECOND_NANOS / 10);
    }
    assertThat(rate.secondsUntil(5000, 2000, 2 * SECOND_NANOS)).hasValue(5);
    assertThat(rate.secondsUntil(5001, 2000, 2 * SECOND_NANOS)).hasValue(6);
    assertThat(rate.secondsUntil(0, 2000, 2 * SECOND_NANOS)).hasValue(0);
  }

  @Test
  void nobodyCanTellBeforeSomethingMoved() {
    assertThat(rate.secondsUntil(10, 0, 0)).isEmpty();
    rate.counted(7, 0);
    assertThat(rate.secondsUntil(10, 107, SECOND_NANOS / 4)).isEmpty();
    assertThat(rate.secondsUntil(10, 7, 3 * SECOND_NANOS)).isEmpty();
    assertThat(rate.secondsUntil(10, 8, 3 * SECOND_NANOS)).hasValue(30);
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    rate.counted(0, 0);
    rate.counted(1_000_000, SECOND_NANOS);
    rate.counted(1_000_100, 20 * SECOND_NANOS);
    assertThat(rate.secondsUntil(100, 1_000_200, 21 * SECOND_NANOS)).hasValue(1);
  }
}
