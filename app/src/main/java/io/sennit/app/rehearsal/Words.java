package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What came of a rehearsal, in words for people who have never seen one.
public final class Words {
  private Words() {}

  /// All of it.
  public static List<String> of(Told told) {
    var summary = told.summary();
    var lines = new ArrayList<String>();
    lines.add(verdict(summary));
    lines.add("");
    row(lines, "joined", joined(summary));
    row(
        lines,
        "idle",
        "while nobody wrote, a machine sent "
            + Amount.bytesPerSecond(summary.idleBytesPerSecond())
            + " to keep its links");
    row(lines, "delivery", delivery(told));
    row(
        lines,
        "copies",
        "a machine was sent each event "
            + Amount.number(summary.payloadCopies())
            + " times (1 is the least possible), and told of it by name "
            + Amount.number(summary.announcementsPerDelivery())
            + " times");
    row(
        lines,
        "graph",
        "an event named "
            + Amount.number(summary.parentsPerEvent())
            + " parents, of "
            + Amount.number(summary.tips())
            + " tips that its writer saw");
    if (told.plan().faults().crashShare() > 0) {
      row(lines, "crash", crash(told));
      row(lines, "afterwards", afterwards(summary));
    }
    row(
        lines,
        "this run",
        "%s and %s of memory; pretended: %s, %s steps"
            .formatted(
                Amount.seconds(summary.seconds()),
                Amount.bytes(summary.peakBytes()),
                Amount.seconds(summary.virtualSeconds()),
                Amount.count(summary.deliveries())));
    lines.add("");
    lines.addAll(missed(told));
    return lines;
  }

  /// Whether all were equal in the end.
  public static String verdict(Summary summary) {
    if (summary.equal()) {
      return summary.survivors() == summary.machines()
          ? "Equal: all %s hold exactly the same %s."
              .formatted(
                  Amount.count(summary.machines(), "machine"),
                  Amount.count(summary.events(), "event"))
          : "Equal: of %s, the %s that still run hold exactly the same, of %s written."
              .formatted(
                  Amount.count(summary.machines(), "machine"),
                  Amount.count(summary.survivors()),
                  Amount.count(summary.events(), "event"));
    }
    return "NOT EQUAL: %s of the %s that run at the end differ from the others, with %s written."
        .formatted(
            Amount.count(summary.unequal()),
            Amount.count(summary.survivors(), "machine"),
            Amount.count(summary.events(), "event"));
  }

  private static String joined(Summary summary) {
    return Double.isNaN(summary.joinSeconds())
        ? "not all machines found each other in time; those that run keep "
            + Amount.number(summary.linksPerMachine())
            + " links each"
        : "after "
            + Amount.seconds(summary.joinSeconds())
            + " all were connected, by "
            + Amount.number(summary.linksPerMachine())
            + " links of each machine";
  }

  private static String delivery(Told told) {
    var summary = told.summary();
    if (Double.isNaN(summary.deliveryMillisP50())) {
      return "nothing was delivered";
    }
    return "after "
        + Amount.millis(summary.deliveryMillisP50())
        + " half of the other machines held an event, after "
        + Amount.millis(summary.deliveryMillisP99())
        + " 99 of 100, after "
        + Amount.millis(summary.deliveryMillisMax())
        + " the last";
  }

  private static String crash(Told told) {
    var begin =
        Amount.share(told.plan().faults().crashShare()) + " of the machines were gone at once; ";
    double repair = told.summary().repairSeconds();
    return begin
        + (Double.isNaN(repair)
            ? "the others had not all found each other again in time"
            : Amount.seconds(repair)
                + " later the others were all linked and held what was written meanwhile");
  }

  private static String afterwards(Summary summary) {
    return Double.isNaN(summary.afterMillisP50())
        ? "nothing was delivered"
        : "half within %s, 99 of 100 within %s, the last within %s"
            .formatted(
                Amount.millis(summary.afterMillisP50()),
                Amount.millis(summary.afterMillisP99()),
                Amount.millis(summary.afterMillisMax()));
  }

  /// The targets of the design that were missed, or that none was.
  private static List<String> missed(Told told) {
    var targets = Target.of(told);
    var missed =
        targets.stream()
            .filter(target -> target.verdict() == Target.Verdict.MISSED)
            .map(target ->
                "  %s: %s (%s)"
                    .formatted(target.name(), target.measured(), target.asked().orElse("")))
            .toList();
    if (missed.isEmpty()) {
      return told.summary().equal()
          ? List.of("Every target of the design that was measured is reached.")
          : List.of("Whoever is not equal has missed the first target of the design.");
    }
    var lines = new ArrayList<String>();
    lines.add("Missed of the design's targets:");
    lines.addAll(missed);
    return lines;
  }

  private static void row(List<String> lines, String what, String words) {
    lines.add(String.format(Locale.ROOT, "  %-11s %s", what, words));
  }
}
