package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sennit.Seeds;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void quantilesAreRightWithinTwoPercent() {
    Seeds.check(
        50,
        random -> {
          var nanos = new long[1 + random.nextInt(2_000)];
          var histogram = new Histogram();
          long bound = 1L << random.nextInt(12, 45);
          for (int i = 0; i < nanos.length; i++) {
            nanos[i] = random.nextLong(1_000, bound + 1);
            histogram.add(nanos[i]);
          }
          Arrays.sort(nanos);
          for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
            int rank = (int) Math.ceil(share * nanos.length);
            double exact = (nanos[Math.max(1, rank) - 1] / 1_000) / 1e3;
            assertThat(histogram.millis(share))
                .isGreaterThanOrEqualTo(exact)
                .isCloseTo(exact, Percentage.withPercentage(2));
          }
          assertThat(histogram.maxMillis())
              .isEqualTo((nanos[nanos.length - 1] / 1_000) / 1e3, within(1e-9));
          assertThat(histogram.distribution().getLast().y()).isEqualTo(1);
        });
  }

  @Test
  void withoutValuesThereIsNoQuantile() {
    assertThat(new Histogram().millis(0.5)).isNaN();
    assertThat(new Histogram().maxMillis()).isNaN();
  }
}
