package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AmountTest {
  @Test
  void numbersKeepThreeDigitsOrSo() {
    assertThat(Amount.number(1.0)).isEqualTo("1");
    assertThat(Amount.number(1.006)).isEqualTo("1.006");
    assertThat(Amount.number(20)).isEqualTo("20");
    assertThat(Amount.number(99.96)).isEqualTo("100");
    assertThat(Amount.number(1_234.4)).isEqualTo("1,234");
    assertThat(Amount.number(0)).isEqualTo("0");
    assertThat(Amount.share(0.3)).isEqualTo("30 %");
  }

  @Test
  void timesAndSizesTakeTheUnitThatFits() {
    assertThat(Amount.millis(0.32)).isEqualTo("0.3 ms");
    assertThat(Amount.millis(0)).isEqualTo("0 ms");
    assertThat(Amount.millis(200)).isEqualTo("200 ms");
    assertThat(Amount.millis(412.3)).isEqualTo("412 ms");
    assertThat(Amount.millis(1_240)).isEqualTo("1.24 s");
    assertThat(Amount.seconds(60)).isEqualTo("60 s");
    assertThat(Amount.seconds(200)).isEqualTo("3 min 20 s");
    assertThat(Amount.seconds(900)).isEqualTo("15 min");
    assertThat(Amount.seconds(7_260)).isEqualTo("2 h 1 min");
    assertThat(Amount.bytesPerSecond(181.5)).isEqualTo("182 B/s");
    assertThat(Amount.bytesPerSecond(50_000)).isEqualTo("50 kB/s");
    assertThat(Amount.bytes(4_096)).isEqualTo("4,096 B");
    assertThat(Amount.bytes(11.0 * (1 << 30))).isEqualTo("11.0 GiB");
  }

  @Test
  void onlyOneIsOne() {
    assertThat(Amount.count(1, "machine")).isEqualTo("1 machine");
    assertThat(Amount.count(1_000_000, "machine")).isEqualTo("1,000,000 machines");
  }
}
