package io.sennit.event;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A few events of one machine in a chain, only the last of them signed: its seal vouches for all.
///
/// A run is stored, sent and admitted whole. Where its beginning is already in the DAG (two runs of
/// a forked machine may share one), the remainder counts as the run: then the predecessor of its
/// first event lies outside, and whoever knows the DAG adds the beginning to the limits.
public record Run(List<Event> events) {
  /// What became of a list of events.
  public sealed interface Forming {
    /// A run. Its seal is not checked yet.
    record Formed(Run run) implements Forming {}

    /// Not a run.
    record Refused(Rejection rejection) implements Forming {}
  }

  /// Takes a run that is known to be one.
  public Run {
    events = List.copyOf(events);
    if (!events.getLast().sealed()) {
      throw new IllegalArgumentException("the last event of a run is sealed");
    }
  }

  /// Checks what a run must be, apart from its seal: one machine, each event the predecessor of the
  /// next and naming no earlier one, only the last one sealed, at most 256 events and 4 MiB.
  public static Forming of(List<Event> events) {
    var rejection = fault(events);
    return rejection.isPresent()
        ? new Forming.Refused(rejection.get())
        : new Forming.Formed(new Run(events));
  }

  private static Optional<Rejection> fault(List<Event> events) {
    if (events.isEmpty() || !events.getLast().sealed()) {
      return refuse("a run ends with a sealed event");
    }
    if (events.size() > Limits.RUN_EVENTS_MAX) {
      return refuse(events.size() + " events, over " + Limits.RUN_EVENTS_MAX);
    }
    long sizeBytes = 0;
    var earlier = new HashSet<EventId>();
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      sizeBytes += event.body().length;
      if (event.sealed() != (i == events.size() - 1)) {
        return refuse("event " + event.id() + " carries a seal inside a run");
      }
      if (i > 0) {
        var before = events.get(i - 1);
        if (!event.machine().equals(before.machine())) {
          return refuse("event " + event.id() + " is of another machine than its run");
        }
        if (Collections.binarySearch(event.parents(), before.id()) < 0) {
          return refuse("event " + event.id() + " does not name its predecessor " + before.id());
        }
        if (!Collections.disjoint(event.parents(), earlier)) {
          return refuse("event " + event.id() + " names a second event without seal");
        }
        earlier.add(before.id());
      }
    }
    if (sizeBytes > Limits.RUN_SIZE_BYTES_MAX) {
      return refuse(sizeBytes + " bytes, over " + Limits.RUN_SIZE_BYTES_MAX);
    }
    return Optional.empty();
  }

  private static Optional<Rejection> refuse(String detail) {
    return Optional.of(new Rejection(Reason.MALFORMED_RUN, detail));
  }

  /// The creator of all its events.
  public MachineId machine() {
    return last().machine();
  }

  /// The event that carries the seal.
  public Event last() {
    return events.getLast();
  }

  /// Bytes hashed, summed over its events.
  public long sizeBytes() {
    return events.stream().mapToLong(event -> event.body().length).sum();
  }

  /// Whether the seal at its end is the machine's.
  public boolean sealedBy(Seals seals) {
    return last().sealedBy(seals);
  }
}
