package io.sennit.app.door;

import io.sennit.event.EventId;
import io.sennit.node.Entry;
import io.sennit.node.Sennit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/// Walks the DAG from its tips to R by height, descending, then by uuid.
///
/// A parent is always lower than its child, so the highest event not yet seen is a tip or a parent
/// of one that was seen. Only the front of the walk is in memory.
final class ByHeight {
  private final Sennit sennit;
  private final PriorityQueue<Entry> front =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::height).reversed().thenComparing(e -> e.event().id()));
  private final Set<EventId> inFront = new HashSet<>();

  /// Begins at the tips of this moment.
  ByHeight(Sennit sennit) {
    this.sennit = sennit;
    sennit.tips().forEach(this::add);
  }

  private void add(EventId id) {
    if (inFront.add(id)) {
      front.add(
          sennit
              .get(id)
              .orElseThrow(() -> new IllegalStateException("event " + id + " is not here")));
    }
  }

  /// Hands over events until the reader has enough.
  void read(Predicate<Entry> reader) {
    while (!front.isEmpty()) {
      var entry = front.remove();
      inFront.remove(entry.event().id());
      if (!reader.test(entry)) {
        return;
      }
      entry.event().parents().forEach(this::add);
    }
  }
}
