package io.sennit.node;

import io.sennit.dag.Placed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events that have just become durable, still in memory, at positions without a gap.
record Landed(List<Placed> events) {
  static final Landed NOTHING = new Landed(List.of());

  static Landed of(List<List<Placed>> batches) {
    if (batches.size() == 1) {
      return new Landed(batches.getFirst());
    }
    var events = new ArrayList<Placed>();
    batches.forEach(events::addAll);
    return new Landed(events);
  }

  /// The event at this position, or null when it is not one of these.
  @Nullable Placed at(long position) {
    if (events.isEmpty()) {
      return null;
    }
    long index = position - events.getFirst().position();
    return index >= 0 && index < events.size() ? events.get((int) index) : null;
  }
}
