package io.sennit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The positions whose events were found illegible and are not healed yet.
///
/// Kept in memory alone: whoever meets the damage after a restart finds it again.
final class Damage {
  private final ConcurrentSkipListSet<Long> positions = new ConcurrentSkipListSet<>();
  private @Nullable Consumer<List<Long>> listener;

  /// Tells the listener of everything that is found from now on, and at once of what was found
  /// before.
  synchronized void listen(Consumer<List<Long>> listener) {
    this.listener = listener;
    if (!positions.isEmpty()) {
      listener.accept(List.copyOf(positions));
    }
  }

  /// These are damaged.
  void mark(List<Long> found) {
    var fresh = new ArrayList<Long>();
    for (long position : found) {
      if (positions.add(position)) {
        fresh.add(position);
      }
    }
    if (!fresh.isEmpty()) {
      tell(fresh);
    }
  }

  private synchronized void tell(List<Long> fresh) {
    if (listener != null) {
      listener.accept(List.copyOf(fresh));
    }
  }

  void healed(long position) {
    positions.remove(position);
  }

  /// Whether any of these is damaged, both ends included.
  boolean between(long first, long last) {
    return !positions.isEmpty() && !positions.subSet(first, true, last, true).isEmpty();
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  List<Long> positions() {
    return List.copyOf(positions);
  }
}
