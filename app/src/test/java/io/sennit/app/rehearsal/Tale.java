package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Plan;
import io.sennit.simulator.large.Summary;
import io.sennit.simulator.large.Summary.Point;
import java.util.ArrayList;
import java.util.List;

/// Rehearsals that never were, with figures made by hand.
final class Tale {
  private static final Summary.Series NOTHING =
      new Summary.Series(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of());

  private Tale() {}

  /// A crash of 30 % of 1,000 machines that went well.
  static Told good() {
    return told(Plan.of(1_000), summary(700, 0, 1.0123456789, 12, series()));
  }

  /// The same without a crash, and nothing measured but the verdict.
  static Told silent() {
    var plan = Plan.of(10).with(Plan.Faults.crash(0));
    return told(plan, summary(1_000, 0, Double.NaN, Double.NaN, NOTHING));
  }

  /// Three machines differ, copies are above their target, and nobody was repaired.
  static Told bad() {
    return told(Plan.of(1_000), summary(700, 3, 1.4, Double.NaN, series()));
  }

  /// Three machines differ, and all else is well.
  static Told unequal() {
    return told(Plan.of(1_000), summary(700, 3, 1, 12, series()));
  }

  static Told told(Plan plan, Summary summary) {
    return new Told(plan, "on <paper> & nowhere else", "sennit rehearse --topology 'a&b'", summary);
  }

  private static Summary summary(
      int survivors, int unequal, double copies, double repair, Summary.Series series) {
    return new Summary(
        1_000,
        survivors,
        52,
        unequal == 0,
        unequal,
        copies,
        0.01,
        0.002,
        0.001,
        4.5,
        210.4,
        320.25,
        401,
        220,
        333,
        1_400,
        3.25,
        3.5,
        181.5,
        repair,
        8.1,
        63,
        3_100,
        12.5,
        260,
        1_234_567,
        400L << 20,
        7,
        "0123456789abcdef0123456789abcdef",
        series);
  }

  private static Summary.Series series() {
    return new Summary.Series(
        curve(400, 30),
        curve(9_000, 12),
        curve(1_400, 30),
        dots(160, 1.0, 0.2),
        curve(250, 100),
        curve(2_500, 100),
        dots(160, 1, 4),
        List.of(new Summary.Idle("ping", 0.3, 120), new Summary.Idle("beacon", 0.4, 61.5)),
        List.of(new Point(0, 0.997), new Point(5, 0.9999), new Point(12, 1)));
  }

  private static List<Point> curve(double last, int points) {
    var curve = new ArrayList<Point>();
    for (int i = 1; i <= points; i++) {
      double share = (double) i / points;
      curve.add(new Point(last * Math.sqrt(share), share));
    }
    return curve;
  }

  private static List<Point> dots(double begin, double low, double spread) {
    var dots = new ArrayList<Point>();
    for (int i = 0; i < 52; i++) {
      dots.add(new Point(begin + i, low + spread * (i % 5) / 4));
    }
    return dots;
  }
}
