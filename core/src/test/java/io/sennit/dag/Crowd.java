package io.sennit.dag;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Honest machines that write at the same time and hear of each other late: each event names all
/// tips that its machine holds, so that its machine's last event is often no tip any more.
final class Crowd {
  private final SplittableRandom random;
  private final int machines;
  private final List<Event> events = new ArrayList<>(List.of(Graphs.root().event()));
  private final TreeMap<Long, Event> last = new TreeMap<>();

  /// What each machine holds: a beginning of all events, and its own.
  private final TreeMap<Long, Integer> held = new TreeMap<>();

  Crowd(SplittableRandom random, int machines) {
    this.random = random;
    this.machines = machines;
  }

  /// The last event of the machine with this number, from 1.
  Optional<Event> last(long machine) {
    return Optional.ofNullable(last.get(machine));
  }

  /// So many more events, in the order they are made.
  List<Event> write(int count) {
    int from = events.size();
    for (int i = 0; i < count; i++) {
      long machine = random.nextInt(machines) + 1;
      int heldTo = held.getOrDefault(machine, 1);
      heldTo = random.nextInt(heldTo, events.size() + 1);
      held.put(machine, heldTo);
      var tips = new TreeSet<EventId>();
      for (var event : events.subList(0, heldTo)) {
        event.parents().forEach(tips::remove);
        tips.add(event.id());
      }
      var own = last.get(machine);
      if (own != null && events.indexOf(own) >= heldTo) {
        own.parents().forEach(tips::remove);
        tips.add(own.id());
      }
      var event = Graphs.event(machine, "{\"n\":" + events.size() + "}", tips);
      events.add(event);
      last.put(machine, event);
    }
    return List.copyOf(events.subList(from, events.size()));
  }
}
