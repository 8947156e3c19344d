package io.sennit.machine;

import java.util.OptionalDouble;

/// How wide the DAG is and how fast it grows, over the last minute.
///
/// By Little's law about λ·h events are tips, where λ is the rate of the federation and h the time
/// an event takes to reach the others; there are fewer when few machines write. While a machine
/// catches up, it sees the pace of the copy instead.
///
/// @param eventsPerSecond λ: events that joined here, its own and others'
/// @param tipsMean tips, the ones in flight included, averaged over time
/// @param parentsPerEvent of the events that joined; 0 when none did
/// @param boundedShare of the events that joined, those that do not name all tips, 0 to 1
/// @param delaySeconds h: half of the time from an own event until one of another machine that
///   names it, or a later one, is here; measured once for each answer, so it includes the wait
///   until somebody writes. Absent when nobody answered
public record Width(
    double eventsPerSecond,
    double tipsMean,
    double parentsPerEvent,
    double boundedShare,
    OptionalDouble delaySeconds) {
  /// λ·h, where h is known.
  public OptionalDouble lambdaH() {
    return delaySeconds.isPresent()
        ? OptionalDouble.of(eventsPerSecond * delaySeconds.getAsDouble())
        : OptionalDouble.empty();
  }
}
