package io.sennit.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Filters read before, 48 MiB at most: those of thirty million events. What is in here never
/// changes, because no list of uuids is given the number of another.
final class IdFilterCache {
  private static final int SLOTS = 1 << 13;

  private record Held(long list, int chunk, @Nullable IdFilter filter) {}

  private final AtomicReferenceArray<Held> slots = new AtomicReferenceArray<>(SLOTS);

  /// The filter, or null where the list holds nothing.
  @Nullable IdFilter filter(Moment moment, IdList list, int chunk) {
    int slot = (int) (IdTable.mixed(list.number()) + chunk) & (SLOTS - 1);
    var held = slots.get(slot);
    if (held == null || held.list() != list.number() || held.chunk() != chunk) {
      var bytes = moment.get(Family.LISTS, list.filterKey(chunk));
      held = new Held(list.number(), chunk, bytes == null ? null : IdFilter.read(bytes));
      slots.set(slot, held);
    }
    return held.filter();
  }
}
