package io.sennit.bench;

import io.sennit.event.EventId;
import io.sennit.event.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Other machines that write while nobody looks: makes their runs, to be offered to a machine.
///
/// Four of them write at once, each a run on all tips of the four before; then come the next four.
/// So the DAG stays narrow, as where machines gossip, and every author has a chain of its own.
final class Authors {
  private static final int AT_ONCE = 4;

  private final List<Author> authors = new ArrayList<>();
  private final int runEvents;
  private TreeSet<EventId> tips;
  private int next;

  /// @param first number of the first author; the same number is the same key, everywhere
  /// @param count how many there are
  /// @param runEvents events in each run
  /// @param tips on which the first ones write
  Authors(int first, int count, int runEvents, List<EventId> tips) {
    for (int i = 0; i < count; i++) {
      authors.add(new Author(first + i));
    }
    this.runEvents = runEvents;
    this.tips = new TreeSet<>(tips);
  }

  /// The next runs, parents before children; of so many events together.
  List<Run> write(int events) {
    var runs = new ArrayList<Run>();
    int left = events;
    while (left > 0) {
      var parents = List.copyOf(tips);
      var after = new TreeSet<EventId>();
      for (int i = 0; i < Math.min(AT_ONCE, authors.size()) && left > 0; i++) {
        var run = authors.get(next++ % authors.size()).write(parents, Math.min(left, runEvents));
        left -= run.events().size();
        after.add(run.last().id());
        runs.add(run);
      }
      tips = after;
    }
    return runs;
  }
}
