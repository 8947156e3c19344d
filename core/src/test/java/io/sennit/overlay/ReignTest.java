package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReignTest {
  private static final int NOW = 123_456;

  private final Reign reign = new Reign(NOW);

  @Test
  void pulsesBecomeRareWhileAllIsQuiet() {
    assertThat(reign.pulseAt()).isEqualTo(NOW);
    assertThat(pulses(5)).containsExactly(10_000, 20_000, 40_000, 40_000, 40_000);
  }

  @Test
  void lossesBringThePulseForwardAndBeginAnew() {
    pulses(5);
    int now = reign.pulseAt() - 30_000;
    assertThat(reign.losses(now)).isTrue();
    assertThat(reign.pulseAt()).isEqualTo(now + Reign.RECOVERY_MILLIS);
    assertThat(reign.losses(now + 1)).as("it is no earlier").isFalse();
    assertThat(pulses(3)).containsExactly(10_000, 20_000, 40_000);
  }

  @Test
  void whoIsAskedOftenPulsesSooner() {
    pulses(4);
    reign.pulse(NOW);
    for (int answer = 1; answer < Reign.ANSWERS_MAX; answer++) {
      reign.answer(NOW + answer);
    }
    assertThat(reign.pulseAt()).isEqualTo(NOW + Reign.PULSE_MILLIS_MAX);
    reign.answer(NOW + 10_000);
    assertThat(reign.pulseAt()).isEqualTo(NOW + Reign.PULSE_MILLIS_ASKED);
    reign.pulse(NOW + Reign.PULSE_MILLIS_ASKED);
    reign.answer(NOW + 30_000);
    assertThat(reign.pulseAt())
        .as("questions are counted anew")
        .isEqualTo(NOW + Reign.PULSE_MILLIS_ASKED + Reign.PULSE_MILLIS_MAX);
  }

  @Test
  void whoIsAskedOftenAndLatePulsesAtOnce() {
    pulses(4);
    reign.pulse(NOW);
    for (int answer = 0; answer < Reign.ANSWERS_MAX; answer++) {
      reign.answer(NOW + 30_000);
    }
    assertThat(reign.pulseAt()).isEqualTo(NOW + 30_000);
  }

  @Test
  void answersLeaveTimeInBetween() {
    reign.pulse(NOW);
    assertThat(reign.answerAt()).isEqualTo(NOW + Reign.ANSWER_MILLIS);
    reign.answer(NOW + 7_000);
    assertThat(reign.answerAt()).isEqualTo(NOW + 7_000 + Reign.ANSWER_MILLIS);
  }

  /// Pulses when they are due, and says how far apart they are.
  private List<Integer> pulses(int count) {
    var between = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      int now = reign.pulseAt();
      reign.pulse(now);
      between.add(reign.pulseAt() - now);
    }
    return between;
  }
}
