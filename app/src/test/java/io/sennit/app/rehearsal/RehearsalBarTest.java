package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RehearsalBarTest {
  @Test
  void aLaterPhaseIsFurther() {
    assertThat(RehearsalBar.steps("join", 0)).isZero();
    assertThat(RehearsalBar.steps("join", 1)).isEqualTo(RehearsalBar.steps("settle", 0));
    assertThat(RehearsalBar.steps("write again", 0.5))
        .isBetween(RehearsalBar.steps("write", 1), RehearsalBar.steps("agree", 0));
    assertThat(RehearsalBar.message("write again", 95))
        .isEqualTo(" write again, 1 min 35 s pretended");
  }
}
