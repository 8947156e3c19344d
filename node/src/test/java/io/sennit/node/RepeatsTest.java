package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RepeatsTest {
  private final long[] nowNanos = new long[1];
  private final Repeats repeats = new Repeats(() -> nowNanos[0]);

  @Test
  void theSameComplaintIsMadeOnceAMinuteAndCounted() {
    assertThat(repeats.ask("x")).hasValue(0);
    for (int n = 0; n < 1_000; n++) {
      assertThat(repeats.ask("x")).isEmpty();
    }
    assertThat(repeats.ask("y")).as("another complaint").hasValue(0);
    nowNanos[0] += Repeats.QUIET_NANOS;
    assertThat(repeats.ask("x")).hasValue(1_000);
    assertThat(repeats.ask("x")).isEmpty();
  }

  @Test
  void manyKindsOfComplaintsDoNotFillTheMemory() {
    for (int n = 0; n < 100_000; n++) {
      assertThat(repeats.ask("complaint " + n)).hasValue(0);
    }
    assertThat(repeats.ask("complaint 99999")).isEmpty();
    assertThat(repeats.ask("complaint 0")).as("forgotten long ago").hasValue(0);
  }
}
