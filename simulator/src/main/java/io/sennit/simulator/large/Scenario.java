package io.sennit.simulator.large;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// What happens in a world, to the nanosecond, whoever lives there: who begins, writes and crashes
/// when.
///
/// @param begins when each machine begins
/// @param writes in the order of time
/// @param crashNanos when all that crash do
/// @param crashes machines that are gone then, for good
/// @param endNanos when patience is at its end
record Scenario(
    List<Long> begins, List<Write> writes, long crashNanos, List<Integer> crashes, long endNanos) {

  private static final double SECOND_NANOS = 1e9;

  /// At first so many machines join in a second; later a share of those that are there.
  private static final double JOINS_MIN = 5;

  private static final double JOIN_GROWTH = 0.3;

  private static final double JOIN_SECONDS = 60;

  /// Between the last write before the crash, the crash, and the first write after it. The
  /// survivors have heard of everything by then, and noticed.
  private static final double PAUSE_SECONDS = 10;

  private static final double PATIENCE_SECONDS = 180;

  /// One event.
  record Write(long nanos, int machine) {}

  Scenario {
    begins = List.copyOf(begins);
    writes = List.copyOf(writes);
    crashes = List.copyOf(crashes);
  }

  /// @param events half of them before the crash, half of them after it
  /// @param rate events per second
  /// @param crashShare of the machines
  static Scenario of(
      int machines, double settleSeconds, int events, double rate, double crashShare, long seed) {
    var random = new SplittableRandom(seed);
    var begins = new ArrayList<Long>();
    double at = 0;
    for (int machine = 0; machine < machines; machine++) {
      begins.add((long) (at * SECOND_NANOS));
      at += 1 / Math.max(JOINS_MIN, Math.min(JOIN_GROWTH * machine, machines / JOIN_SECONDS));
    }
    at += settleSeconds;
    var machinesLeft = new ArrayList<Integer>();
    for (int machine = 0; machine < machines; machine++) {
      machinesLeft.add(machine);
    }
    var writes = new ArrayList<Write>();
    at = write(writes, machinesLeft, at, events - events / 2, rate, random);
    double crash = at + PAUSE_SECONDS;
    var crashes = new ArrayList<Integer>();
    for (int n = (int) (machines * crashShare); n > 0; n--) {
      Collections.swap(machinesLeft, random.nextInt(machinesLeft.size()), machinesLeft.size() - 1);
      crashes.add(machinesLeft.removeLast());
    }
    at = crash + (crashes.isEmpty() ? 0 : PAUSE_SECONDS);
    at = write(writes, machinesLeft, at, events / 2, rate, random);
    writes.sort(Comparator.comparingLong(Write::nanos));
    return new Scenario(
        begins,
        writes,
        (long) (crash * SECOND_NANOS),
        crashes,
        (long) ((at + PATIENCE_SECONDS) * SECOND_NANOS));
  }

  private static double write(
      List<Write> writes,
      List<Integer> machines,
      double from,
      int events,
      double rate,
      SplittableRandom random) {
    double at = from;
    for (int n = 0; n < events; n++) {
      at -= StrictMath.log(1 - random.nextDouble()) / rate;
      int machine = machines.get(random.nextInt(machines.size()));
      writes.add(new Write((long) (at * SECOND_NANOS), machine));
    }
    return at;
  }
}
