package io.sennit.app.rehearsal;

import io.sennit.app.door.Json;
import io.sennit.simulator.large.Summary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;

/// A rehearsal as one JSON object; a figure that was not measured is null.
public final class Figures {
  private static final MathContext DIGITS = new MathContext(6);

  private Figures() {}

  /// Its members, in the order in which they are printed.
  public static Map<String, Object> of(Summary summary) {
    var said = new LinkedHashMap<String, Object>();
    said.put("machines", summary.machines());
    said.put("events", summary.events());
    said.put("equal", summary.equal());
    said.put("payloadCopies", number(summary.payloadCopies()));
    said.put("announcementsPerDelivery", number(summary.announcementsPerDelivery()));
    said.put("deliveryMillisP50", number(summary.deliveryMillisP50()));
    said.put("deliveryMillisP99", number(summary.deliveryMillisP99()));
    said.put("deliveryMillisMax", number(summary.deliveryMillisMax()));
    said.put("parentsPerEvent", number(summary.parentsPerEvent()));
    said.put("tips", number(summary.tips()));
    said.put("idleBytesPerSecond", number(summary.idleBytesPerSecond()));
    said.put("repairSeconds", number(summary.repairSeconds()));
    said.put("seconds", number(summary.seconds()));
    said.put("peakBytes", summary.peakBytes());
    said.put("seed", summary.seed());
    said.put("traceHash", summary.traceHash());
    return said;
  }

  private static Json.Raw number(double value) {
    return new Json.Raw(
        Double.isFinite(value)
            ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
            : "null");
  }
}
