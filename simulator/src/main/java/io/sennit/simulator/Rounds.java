package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.event.EventId;
import java.util.HashSet;
import java.util.Set;

/// Follows the one conversation of a quiet world round by round (I10). A round is over when the
/// first machine leaves the comparison, or takes both for equal by their greetings alone.
final class Rounds {
  private final Site first;
  private final Site second;
  private String state = "";
  private int difference = Integer.MAX_VALUE;

  Rounds(Site first, Site second) {
    this.first = first;
    this.second = second;
  }

  /// To be called after every step.
  void look() {
    var peers = first.machine().status().peers();
    var now = peers.isEmpty() ? "" : peers.getFirst().state();
    boolean byGreetings = state.equals("greeting") && now.equals("in-sync");
    if (byGreetings || (state.equals("comparing") && !now.equals("comparing"))) {
      concluded(now);
    }
    state = now;
  }

  private void concluded(String conclusion) {
    int left = missing(first, second) + missing(second, first);
    if (conclusion.equals("in-sync")) {
      unless(
          left == 0,
          "I10",
          () -> first + " takes itself for equal, but " + left + " events differ");
    } else {
      unless(
          left < difference,
          "I10",
          () -> "a round has left the difference at " + left + " events, before " + difference);
    }
    difference = left;
  }

  private static int missing(Site from, Site to) {
    Set<EventId> missing = new HashSet<>(to.audit().events());
    missing.removeAll(from.audit().events());
    return missing.size();
  }
}
