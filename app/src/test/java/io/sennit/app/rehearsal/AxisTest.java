package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AxisTest {
  private static Axis upTo(double low, double high) {
    return Axis.upTo(low, high, 0, 100, Amount::number);
  }

  @Test
  void ticksAreRoundAndCoverTheValues() {
    assertThat(upTo(0, 401).ticks()).containsExactly(0.0, 100.0, 200.0, 300.0, 400.0, 500.0);
    assertThat(upTo(0, 1).ticks()).hasSize(6).first().isEqualTo(0.0);
    assertThat(upTo(160, 211).ticks()).containsExactly(160.0, 180.0, 200.0, 220.0);
  }

  @Test
  void oneValueIsAnAxisToo() {
    var axis = upTo(0, 0);
    assertThat(axis.high()).isGreaterThan(axis.low());
    assertThat(axis.pixel(0)).isZero();
  }

  @Test
  void powersOfTenAreAsFarApartAsEachOther() {
    var axis = Axis.powers(20, 30_000, 0, 100, Amount::number);
    assertThat(axis.ticks()).containsExactly(10.0, 100.0, 1_000.0, 10_000.0, 100_000.0);
    assertThat(axis.pixel(100)).isEqualTo(25);
    assertThat(axis.pixel(0)).isZero();
  }

  @Test
  void valuesBecomePixels() {
    assertThat(new Axis(0, 10, 200, 100, Amount::number, false).pixel(5)).isEqualTo(150);
  }
}
