package io.sennit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private static double anyFinite(SplittableRandom random) {
    double value =
        switch (random.nextInt(6)) {
          case 0 -> Double.longBitsToDouble(random.nextLong(1L << random.nextInt(1, 53)));
          case 1 -> Math.nextUp(Math.scalb(1.0, random.nextInt(-1074, 1023)));
          case 2 -> Math.scalb(1.0, random.nextInt(-1074, 1024));
          case 3 -> Math.nextDown(Math.scalb(1.0, random.nextInt(-1073, 1024)));
          case 4 -> random.nextInt(1, 1000) * Math.pow(10, random.nextInt(-30, 30));
          default -> Double.longBitsToDouble(random.nextLong());
        };
    return Double.isFinite(value) ? value : anyFinite(random);
  }

  @Test
  void everyDoubleHasTheFormOfEcmaScriptAndComesBack() {
    Seeds.check(
        6_000,
        random -> {
          double value = anyFinite(random);
          var text = Numbers.format(value);
          assertThat(text).isEqualTo(ReferenceNumbers.format(value));
          assertThat(Double.parseDouble(text)).isEqualTo(value);
        });
  }

  @Test
  void theSmallestDoublesNeedOneDigitWhereJavaPrintsTwo() {
    for (long bits = 1; bits <= 2000; bits++) {
      double value = Double.longBitsToDouble(bits);
      assertThat(Numbers.format(value)).isEqualTo(ReferenceNumbers.format(value));
      assertThat(Numbers.format(-value)).isEqualTo("-" + ReferenceNumbers.format(value));
    }
  }

  @Test
  void aFaultIsOneForTheReferenceToo() {
    Seeds.check(
        10_000,
        random -> {
          var text = number(random);
          double value = Double.parseDouble(text);
          assertThat(Numbers.fault(text, value)).as(text).isEqualTo(ReferenceNumbers.fault(text));
        });
  }

  private static String number(SplittableRandom random) {
    var text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(random.nextInt(3) == 0 ? "0" : "" + random.nextLong(1, Long.MAX_VALUE));
    if (random.nextBoolean()) {
      text.append('.').append("0".repeat(random.nextInt(5)));
      text.append(random.nextLong(0, 1L << random.nextInt(1, 60)));
    }
    if (random.nextBoolean()) {
      text.append(random.nextBoolean() ? "e" : "E+").append(random.nextInt(330));
    } else if (random.nextBoolean()) {
      text.append("e-").append(random.nextInt(360));
    }
    return text.toString();
  }

  @Test
  void theReferenceItselfPrintsWhatEverybodyKnows() {
    assertThat(ReferenceNumbers.format(0.1)).isEqualTo("0.1");
    assertThat(ReferenceNumbers.format(-0.0)).isEqualTo("0");
    assertThat(ReferenceNumbers.format(1e21)).isEqualTo("1e+21");
    assertThat(ReferenceNumbers.format(123456789012345680000.0)).isEqualTo("123456789012345680000");
    assertThat(ReferenceNumbers.format(1e-7)).isEqualTo("1e-7");
    assertThat(ReferenceNumbers.format(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(ReferenceNumbers.format(0x1p-44)).isEqualTo("5.684341886080802e-14");
  }
}
