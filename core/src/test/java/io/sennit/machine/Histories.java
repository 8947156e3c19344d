package io.sennit.machine;

import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// What machines write that hear of each other a little late, or not at all.
final class Histories {
  private static int said;

  private Histories() {}

  /// R, and nothing else.
  static List<Event> root() {
    return List.of(Graphs.root().event());
  }

  /// One author's chain on top of a history.
  static List<Event> chain(List<Event> before, long author, int length) {
    var events = new ArrayList<>(before);
    for (int n = 0; n < length; n++) {
      events.add(event(author, List.of(events.getLast().id())));
    }
    return events;
  }

  /// Authors `first` to below `first + authors` go on writing on top of a history, each hearing of
  /// the others within a few events.
  static List<Event> talk(
      SplittableRandom random, List<Event> before, long first, int authors, int count) {
    var events = new ArrayList<>(before);
    Map<Long, EventId> last = new HashMap<>();
    for (int n = 0; n < count; n++) {
      long author = first + random.nextInt(authors);
      var parents = new TreeSet<EventId>();
      if (last.containsKey(author)) {
        parents.add(last.get(author));
      }
      for (int i = 0; i < 2; i++) {
        int back = 1 + random.nextInt(Math.min(3, events.size()));
        parents.add(events.get(events.size() - back).id());
      }
      var event = event(author, parents);
      last.put(author, event.id());
      events.add(event);
    }
    events.add(event(first, tips(events)));
    return events;
  }

  static Event event(long author, java.util.Collection<EventId> parents) {
    return Graphs.event(author, "{\"n\":" + said++ + "}", parents);
  }

  private static java.util.Set<EventId> tips(List<Event> events) {
    var tips = new TreeSet<EventId>();
    events.forEach(event -> tips.add(event.id()));
    events.forEach(event -> event.parents().forEach(tips::remove));
    return tips;
  }
}
