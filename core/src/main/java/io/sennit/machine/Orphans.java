package io.sennit.machine;

import io.sennit.event.EventId;
import io.sennit.event.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs that wait for ancestors. Invisible, bounded, and charged to whoever sent them.
///
/// ```text
///   here ◀── A ◀── B        B names A and X; X is not here
///            X? ◀──┘        B waits for X alone; when X joins, B is handed out again
/// ```
///
/// A run waits for one missing parent at a time: when that one arrives, the run is looked at again
/// and waits for the next. So a release is a step of a loop, never a recursion, however long the
/// chain.
final class Orphans {
  private final int eventsMax;
  private final long sizeBytesMax;

  /// By the last event of the run, in order of arrival.
  private final LinkedHashMap<EventId, Arrival> waiting = new LinkedHashMap<>();

  /// Who waits for this event.
  private final Map<EventId, Set<EventId>> byParent = new HashMap<>();

  private final Map<Integer, Charge> charges = new HashMap<>();
  private int events;

  private static final class Charge {
    int events;
    long sizeBytes;
  }

  /// @param eventsMax and `sizeBytesMax` are for each sender
  Orphans(int eventsMax, long sizeBytesMax) {
    this.eventsMax = eventsMax;
    this.sizeBytesMax = sizeBytesMax;
  }

  /// How many events wait.
  int events() {
    return events;
  }

  boolean contains(EventId last) {
    return waiting.containsKey(last);
  }

  /// Takes out the run that ends with the same event, if it lacks a beginning that this one has.
  Optional<Arrival> replaceable(Run longer) {
    var last = longer.last().id();
    var waits = waiting.get(last);
    if (waits == null || waits.run().events().size() >= longer.events().size()) {
      return Optional.empty();
    }
    forget(waits);
    return take(last);
  }

  boolean hasRoom(int peer, Run run) {
    var charge = charges.get(peer);
    return charge == null
        || (charge.events + run.events().size() <= eventsMax
            && charge.sizeBytes + run.sizeBytes() <= sizeBytesMax);
  }

  /// Lets a run wait for a parent that is not here.
  void add(Arrival arrival, EventId missing) {
    var last = arrival.run().last().id();
    if (waiting.putIfAbsent(last, arrival) != null) {
      throw new IllegalStateException(last + " waits already");
    }
    byParent.computeIfAbsent(missing, _ -> new LinkedHashSet<>()).add(last);
    var charge = charges.computeIfAbsent(arrival.peer(), _ -> new Charge());
    charge.events += arrival.run().events().size();
    charge.sizeBytes += arrival.run().sizeBytes();
    events += arrival.run().events().size();
    arrival.waitsFor(missing);
  }

  /// Hands out the runs that waited for this event.
  List<Arrival> release(EventId arrived) {
    var waiters = byParent.remove(arrived);
    if (waiters == null) {
      return List.of();
    }
    var released = new ArrayList<Arrival>(waiters.size());
    for (var last : waiters) {
      take(last).ifPresent(released::add);
    }
    return released;
  }

  /// Takes out the runs that wait for this event, directly or through others: it was rejected.
  List<Arrival> condemn(EventId rejected) {
    var condemned = new ArrayList<Arrival>();
    var work = new ArrayDeque<EventId>();
    work.add(rejected);
    while (!work.isEmpty()) {
      for (var arrival : release(work.removeFirst())) {
        condemned.add(arrival);
        arrival.run().events().forEach(event -> work.add(event.id()));
      }
    }
    return condemned;
  }

  /// Drops what this sender is charged for; it can be fetched again.
  List<Arrival> drop(int peer) {
    var dropped = waiting.values().stream().filter(arrival -> arrival.peer() == peer).toList();
    for (var arrival : dropped) {
      forget(arrival);
      take(arrival.run().last().id());
    }
    return dropped;
  }

  private void forget(Arrival arrival) {
    var missing = arrival.waitsFor();
    var waiters = byParent.getOrDefault(missing, Set.of());
    waiters.remove(arrival.run().last().id());
    if (waiters.isEmpty()) {
      byParent.remove(missing);
    }
  }

  private Optional<Arrival> take(EventId last) {
    var arrival = waiting.remove(last);
    if (arrival == null) {
      return Optional.empty();
    }
    var charge = charges.get(arrival.peer());
    if (charge == null) {
      throw new IllegalStateException("peer " + arrival.peer() + " is not charged for " + last);
    }
    charge.events -= arrival.run().events().size();
    charge.sizeBytes -= arrival.run().sizeBytes();
    if (charge.events == 0) {
      charges.remove(arrival.peer());
    }
    events -= arrival.run().events().size();
    return Optional.of(arrival);
  }

  /// The one of this sender's that waits longest.
  Optional<Arrival> oldest(int peer) {
    return charges.containsKey(peer)
        ? waiting.values().stream().filter(arrival -> arrival.peer() == peer).findFirst()
        : Optional.empty();
  }
}
