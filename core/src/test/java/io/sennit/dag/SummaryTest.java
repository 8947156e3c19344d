package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.EventId;
import java.math.BigInteger;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  private static final BigInteger MODULUS = BigInteger.TWO.pow(256);

  @Test
  void theSumIsTheSumOfTheUuidsModulo256Bits() {
    Seeds.check(
        200,
        random -> {
          var ids = new ArrayList<EventId>();
          var sum = BigInteger.ZERO;
          var summary = Summary.EMPTY;
          for (int i = random.nextInt(1, 20); i > 0; i--) {
            boolean extreme = random.nextBoolean(); // all ones make every carry happen
            var id =
                extreme
                    ? new EventId(-1, -1, -1, -1)
                    : new EventId(
                        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            ids.add(id);
            sum = sum.add(new BigInteger(1, id.toBytes())).mod(MODULUS);
            summary = summary.plus(id);
          }
          var words = new EventId(summary.a(), summary.b(), summary.c(), summary.d());
          assertThat(new BigInteger(1, words.toBytes())).isEqualTo(sum);
          assertThat(summary.count()).isEqualTo(ids.size());
        });
  }
}
