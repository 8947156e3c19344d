package io.sennit.app.rehearsal;

import io.sennit.app.rehearsal.Chart.Form;
import io.sennit.simulator.large.Summary.Point;
import java.util.ArrayList;
import java.util.List;

/// The plots of a rehearsal.
final class Charts {
  private Charts() {}

  static List<Chart> of(Told told) {
    var series = told.summary().series();
    boolean crashed = told.plan().faults().crashShare() > 0;
    var noCrash = "No machine crashed, so there was nothing to repair.";
    return List.of(
        new Chart(
                "Machines reached over time",
                "Read it so: pick a time below; the line says how many of all others held an event"
                    + " by then. Steeper and further left is faster. The chart ends soon after 99.9"
                    + " %; the last one stands in the table.")
            .x("since the event was written", Amount::millis)
            .yShares("machines reached")
            .until(0.999)
            .line("before the crash", Form.STEPS, fromNothing(series.deliveredBefore()))
            .line("after the repair", Form.STEPS, fromNothing(series.deliveredAfter()))
            .orElse("Nothing was delivered."),
        new Chart(
                "Machines reached during the repair",
                "Events written from the crash until all were reached again. They arrive late where"
                    + " links are still missing, but they arrive.")
            .x("since the event was written", Amount::millis)
            .yShares("machines reached")
            .until(0.999)
            .line("between crash and repair", Form.STEPS, fromNothing(series.deliveredInRepair()))
            .orElse(noCrash),
        new Chart(
                "Finding each other again",
                "How many of the machines that were left are linked with each other, by any number"
                    + " of steps. Mind where the axis begins.")
            .x("since the crash", Amount::seconds)
            .yShares("in one piece")
            .yFrom(series.connected().stream().allMatch(point -> point.y() > 0.95) ? 0.9 : 0)
            .line("survivors in the largest piece", Form.LINE, series.connected())
            .orElse(noCrash),
        new Chart(
                "Copies of each event",
                "How often an event was sent to a machine, on average over all machines. At 1"
                    + " nothing is sent twice; during a repair events are flooded on purpose.")
            .x("pretended time of the write", Amount::seconds)
            .y("copies for each delivery", Amount::number)
            .limit("at most, says the design, over all events", 1.05)
            .line(crashed ? "an event, repair included" : "an event", Form.DOTS, series.copies())
            .orElse("Nothing was delivered."),
        new Chart(
                "Tips",
                "How many events nobody had named yet when an event was written: about the rate of"
                    + " the federation times the time an event takes to get around, and one more.")
            .x("pretended time of the write", Amount::seconds)
            .y("tips that the writer saw", Amount::number)
            .line("an event", Form.DOTS, series.tips())
            .orElse("Nothing was written."),
        new Chart(
                "Traffic of the machines",
                "Read it so: pick a rate below; the line says how many machines sent no more than"
                    + " that. The further left, the cheaper; the steeper, the more evenly shared.")
            .x("sent by a machine, each step ten times as much", Amount::bytesPerSecond)
            .xPowers()
            .yShares("machines that sent no more")
            .line("while nobody wrote", Form.STEPS, series.idleTraffic())
            .line("while machines wrote", Form.STEPS, series.writingTraffic())
            .orElse("Nothing was measured."));
  }

  /// A share that grows from 0, from the beginning.
  private static List<Point> fromNothing(List<Point> points) {
    if (points.isEmpty()) {
      return points;
    }
    var whole = new ArrayList<Point>(points.size() + 1);
    whole.add(new Point(0, 0));
    whole.addAll(points);
    return whole;
  }
}
