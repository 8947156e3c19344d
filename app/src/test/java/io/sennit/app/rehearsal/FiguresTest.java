package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void everyFigureHasItsNameAndSixDigits() {
    assertThat(Json.text(Figures.of(Tale.good().summary())))
        .isEqualTo(
            "{\"machines\":1000,\"events\":52,\"equal\":true,\"payloadCopies\":1.01235,"
                + "\"announcementsPerDelivery\":4.5,\"deliveryMillisP50\":210.4,\"deliveryMillisP99\":320.25,"
                + "\"deliveryMillisMax\":401,\"parentsPerEvent\":3.25,\"tips\":3.5,\"idleBytesPerSecond\":181.5,"
                + "\"repairSeconds\":12,\"seconds\":12.5,\"peakBytes\":419430400,\"seed\":7,"
                + "\"traceHash\":\"0123456789abcdef0123456789abcdef\"}");
  }

  @Test
  void whatWasNotMeasuredIsNull() {
    assertThat(Json.text(Figures.of(Tale.silent().summary())))
        .contains("\"payloadCopies\":null,")
        .contains("\"repairSeconds\":null,");
  }
}
