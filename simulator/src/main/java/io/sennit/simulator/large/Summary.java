package io.sennit.simulator.large;

import java.util.List;

/// What came of a rehearsal. A figure that was not measured, because the plan left its phase out or
/// its phase did not end in time, is NaN.
///
/// @param machines at the beginning
/// @param survivors machines that run at the end
/// @param events written in all, those that probed the repair included
/// @param equal whether every machine that runs at the end holds exactly the same events
/// @param unequal how many do not hold all of them
/// @param payloadCopies payloads that arrived, for each delivery, in both phases of writing
/// @param duplicates of them, those that the machine held or was waiting to admit already, for each
///   delivery
/// @param pulled of them, those that were asked for, for each delivery
/// @param reconciled deliveries by reconciliation instead of gossip, for each delivery
/// @param announcementsPerDelivery runs named in announcements, for each delivery
/// @param deliveryMillisP50 from the write on one machine to the admission on another: of all
///   deliveries before the crash
/// @param deliveryMillisP99 likewise
/// @param deliveryMillisMax likewise
/// @param afterMillisP50 likewise, of all deliveries of the events written after the repair
/// @param afterMillisP99 likewise
/// @param afterMillisMax likewise
/// @param parentsPerEvent on average
/// @param tips that a machine which writes sees, on average
/// @param idleBytesPerSecond sent by a machine on average in the quiet window, frames included
/// @param repairSeconds pretended, from the crash until all survivors were linked in one component
///   and whatever had been written more than two seconds before was with every one of them
/// @param linksPerMachine on average, at the end of the quiet window
/// @param joinSeconds pretended, until every machine had joined and all were one component
/// @param stateBytesPerMachine heap in use at the end of the quiet window, after a collection, less
///   what the engine and the models hold, for each machine
/// @param seconds real ones, for the whole run
/// @param virtualSeconds pretended ones
/// @param deliveries entries that the engine delivered: frames, timers, links up and down
/// @param peakBytes most heap in use at any time
/// @param seed of the plan
/// @param traceHash 32 hex digits over every entry delivered
/// @param series for plots
public record Summary(
    int machines,
    int survivors,
    int events,
    boolean equal,
    int unequal,
    double payloadCopies,
    double duplicates,
    double pulled,
    double reconciled,
    double announcementsPerDelivery,
    double deliveryMillisP50,
    double deliveryMillisP99,
    double deliveryMillisMax,
    double afterMillisP50,
    double afterMillisP99,
    double afterMillisMax,
    double parentsPerEvent,
    double tips,
    double idleBytesPerSecond,
    double repairSeconds,
    double linksPerMachine,
    double joinSeconds,
    double stateBytesPerMachine,
    double seconds,
    double virtualSeconds,
    long deliveries,
    long peakBytes,
    long seed,
    String traceHash,
    Series series) {

  /// Frames about one thing, in the quiet window.
  ///
  /// @param what one word: `beacon`, `ping`, `comparison`, …
  /// @param framesPerSecond sent by a machine on average
  /// @param bytesPerSecond likewise
  public record Idle(String what, double framesPerSecond, double bytesPerSecond) {}

  /// One point of a plot.
  public record Point(double x, double y) {}

  /// What can be drawn.
  ///
  /// @param deliveredBefore x: milliseconds since the write; y: share of all deliveries of the
  ///   first phase of writing that had happened by then
  /// @param deliveredInRepair likewise, for what was written between the crash and the repair
  /// @param deliveredAfter likewise, for what was written after the repair
  /// @param copies x: pretended second of the write; y: copies of this event's payload that
  ///   arrived, for each delivery
  /// @param idleTraffic x: bytes per second sent in the quiet window; y: share of the machines that
  ///   sent no more
  /// @param writingTraffic likewise, in the first phase of writing
  /// @param tips x: pretended second of a write; y: tips that its writer saw
  /// @param idle what the idle traffic is about
  /// @param connected x: seconds since the crash; y: share of the survivors in the largest
  ///   component
  public record Series(
      List<Point> deliveredBefore,
      List<Point> deliveredInRepair,
      List<Point> deliveredAfter,
      List<Point> copies,
      List<Point> idleTraffic,
      List<Point> writingTraffic,
      List<Point> tips,
      List<Idle> idle,
      List<Point> connected) {}
}
