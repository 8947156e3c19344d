package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Plan;
import java.util.ArrayList;
import java.util.List;

/// A plan, as people read it.
final class PlanRows {
  /// What is set, and to what.
  record Row(String what, String value) {}

  private PlanRows() {}

  static List<Row> of(Plan plan, String place) {
    var rows = new ArrayList<Row>();
    var writing = plan.writing();
    var faults = plan.faults();
    var times = plan.times();
    rows.add(new Row("machines", Amount.count(plan.machines())));
    rows.add(new Row("where", place));
    rows.add(
        new Row(
            "written",
            Amount.count(writing.broadcasts(), "event")
                + " of "
                + Amount.count(writing.payloadBytes(), "byte")
                + " by random machines, "
                + Amount.number(writing.rate())
                + " in a second"
                + (faults.crashShare() == 0 ? "" : "; as many again after the crash")));
    rows.add(
        new Row(
            "crash",
            faults.crashShare() == 0
                ? "none"
                : Amount.share(faults.crashShare())
                    + " of the machines at once; "
                    + Amount.share(faults.silentShare())
                    + " of these without a word, as when the power fails"));
    rows.add(
        new Row(
            "coming and going",
            faults.churn() == 0
                ? "none"
                : Amount.share(faults.churn())
                    + " of the machines crash in each minute of writing, and come back"));
    rows.add(
        new Row(
            "loss",
            Amount.share(faults.loss())
                + " of all frames are lost on their way and sent again; "
                + Amount.share(faults.duplication())
                + " of all payloads arrive once more"));
    for (var partition : faults.partitions()) {
      rows.add(
          new Row(
              "partition",
              partition.region()
                  + (partition.oneWay() ? " is not heard, but hears," : " is cut off")
                  + " for "
                  + Amount.seconds(partition.seconds())
                  + " from the first event on"));
    }
    rows.add(new Row("links", plan.near() ? "three random ones and five near ones" : "all random"));
    rows.add(
        new Row(
            "times",
            Amount.seconds(times.settleSeconds())
                + " to settle, "
                + Amount.seconds(times.quietSeconds())
                + " of quiet, at most "
                + Amount.seconds(times.patienceSeconds())
                + " of patience with each phase"));
    rows.add(new Row("seed", Long.toString(plan.seed())));
    return rows;
  }
}
