package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Plan;
import io.sennit.simulator.large.Summary;
import io.sennit.simulator.large.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// A figure beside what the design asks of it.
///
/// @param name what it is
/// @param means in words for people who read it for the first time
/// @param value as measured; NaN when it was not
/// @param most that the design allows; NaN where it asks for nothing
/// @param unit how both are written
/// @param when the design asks for it under this condition only; empty: always
record Target(
    String name,
    String means,
    double value,
    double most,
    DoubleFunction<String> unit,
    String when) {
  /// With fewer machines, what a machine takes drowns in what the program takes.
  private static final int TELLING_MACHINES_MIN = 1_000;

  private static final double MINUTE = 60;
  private static final double GIB = 1 << 30;
  private static final String AT_A_MILLION = "1,000,000 machines all over the world";

  /// How it was.
  enum Verdict {
    REACHED,
    MISSED,
    NOT_MEASURED,
    NOT_ASKED
  }

  Verdict verdict() {
    if (Double.isNaN(most)) {
      return Verdict.NOT_ASKED;
    }
    if (Double.isNaN(value)) {
      return Verdict.NOT_MEASURED;
    }
    return value <= most ? Verdict.REACHED : Verdict.MISSED;
  }

  String measured() {
    return unit.apply(value);
  }

  /// What is asked, or nothing.
  Optional<String> asked() {
    return Double.isNaN(most)
        ? Optional.empty()
        : Optional.of("at most " + unit.apply(most) + (when.isEmpty() ? "" : ", for " + when));
  }

  /// All of a rehearsal, in the order in which people ask.
  static List<Target> of(Told told) {
    var plan = told.plan();
    var summary = told.summary();
    var all = new ArrayList<Target>();
    delivery(all, plan, summary);
    all.add(
        asked(
            "payload copies",
            "How often a machine was sent an event, on average. 1 is the least possible.",
            summary.payloadCopies(),
            1.05,
            Amount::number));
    all.add(
        plain(
            "announcements",
            "How often a machine was told of an event by its short name alone, on average.",
            summary.announcementsPerDelivery(),
            Amount::number));
    all.add(
        asked(
            "idle traffic",
            "What a machine sends while nobody writes, to keep its links.",
            summary.idleBytesPerSecond(),
            250,
            Amount::bytesPerSecond));
    all.add(repair(plan.faults().crashShare(), summary.repairSeconds()));
    all.add(
        plain(
            "tips",
            "Events that nobody had named as a parent yet, as a machine saw them when it wrote."
                + " They grow with the rate and with the delay of delivery.",
            summary.tips(),
            Amount::number));
    all.add(
        plain(
            "parents of an event",
            "How many of them it named.",
            summary.parentsPerEvent(),
            Amount::number));
    all.add(
        plain(
            "links of a machine",
            "Connections that it kept, of all those it could have.",
            summary.linksPerMachine(),
            Amount::number));
    all.add(
        plain(
            "joining",
            "Pretended time until every machine had come and all were connected. Machines come one"
                + " after the other, over a minute or so.",
            summary.joinSeconds(),
            Amount::seconds));
    all.add(
        asked(
            "memory of a machine's overlay",
            "What it keeps of other machines, links and trees; with few machines it cannot be told"
                + " from the rest of the program.",
            summary.stateBytesPerMachine(),
            summary.machines() < TELLING_MACHINES_MIN ? Double.NaN : 4_096,
            Amount::bytes));
    all.add(
        new Target(
            "memory of this run",
            "At most used of Java's heap, garbage included.",
            (double) summary.peakBytes(),
            12 * GIB,
            Amount::bytes,
            "1,000,000 machines"));
    all.add(
        new Target(
            "time of this run",
            "On this computer.",
            summary.seconds(),
            15 * MINUTE,
            Amount::seconds,
            "1,000,000 machines"));
    return List.copyOf(all);
  }

  private static void delivery(List<Target> all, Plan plan, Summary summary) {
    var faults = plan.faults();
    boolean asked =
        plan.topology().equals(Topology.world())
            && faults.loss() == 0
            && faults.churn() == 0
            && faults.partitions().isEmpty();
    all.add(
        new Target(
            "half delivered within",
            "From the write on one machine until half of the others held the event.",
            summary.deliveryMillisP50(),
            !asked ? Double.NaN : plan.near() ? 350 : 700,
            Amount::millis,
            AT_A_MILLION));
    all.add(
        new Target(
            "99 of 100 delivered within",
            "Until 99 of 100 others held it.",
            summary.deliveryMillisP99(),
            !asked ? Double.NaN : plan.near() ? 450 : 900,
            Amount::millis,
            AT_A_MILLION));
    all.add(
        plain(
            "the last delivered within",
            "Until the last one held it.",
            summary.deliveryMillisMax(),
            Amount::millis));
  }

  private static Target repair(double crashShare, double seconds) {
    double most = crashShare <= 0.3 ? 30 : crashShare <= 0.8 ? 120 : Double.NaN;
    return asked(
        "repair",
        "Pretended time from the crash until all machines that were left were linked again and"
            + " whatever had been written meanwhile was with every one of them.",
        seconds,
        crashShare == 0 ? Double.NaN : most,
        Amount::seconds);
  }

  private static Target asked(
      String name, String means, double value, double most, DoubleFunction<String> unit) {
    return new Target(name, means, value, most, unit, "");
  }

  private static Target plain(
      String name, String means, double value, DoubleFunction<String> unit) {
    return new Target(name, means, value, Double.NaN, unit, "");
  }
}
