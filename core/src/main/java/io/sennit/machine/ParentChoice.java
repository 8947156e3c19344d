package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import io.sennit.dag.Node;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which tips a new event takes as parents.
///
/// Strict, while there are at most 256: all of them. Bounded, above: the machine's own last event
/// always, tip or not, so that its events stay one chain; and tips chosen uniformly at random, 32
/// parents in all. Never the oldest and never the deepest: when every machine chooses alike, the
/// same tips are left over by all of them, for ever.
final class ParentChoice {
  /// Most tips of which all are taken.
  static final int STRICT_MAX = 256;

  /// Parents of an event that cannot take all.
  static final int BOUNDED = 32;

  private final MachineId self;
  private final RandomGenerator random;
  private @Nullable EventId ownLast;
  private long ownHeight = -1;

  /// @param tips how many the creator holds, when `parents` does not name them all; otherwise 0
  record Choice(List<EventId> parents, long tips) {}

  ParentChoice(MachineId self, EventStore store, RandomGenerator random) {
    this.self = self;
    this.random = random;
    store.authorTips(self).stream().mapToObj(store::node).forEach(this::entered);
  }

  /// An event joined the head; if it is our own, the chain goes on from it.
  void entered(Node node) {
    if (node.machine().equals(self) && node.height() > ownHeight) {
      ownLast = node.id();
      ownHeight = node.height();
    }
  }

  Choice choose(Head head) {
    var tips = head.tips().keySet();
    if (tips.size() == 1) { // a busy machine's own last event, nearly always
      return new Choice(List.of(tips.iterator().next()), 0);
    }
    if (tips.size() <= STRICT_MAX) {
      return new Choice(List.copyOf(tips), 0);
    }
    var pool = new ArrayList<>(tips);
    var chosen = new ArrayList<EventId>(BOUNDED);
    if (ownLast != null) {
      chosen.add(ownLast);
      pool.remove(ownLast);
    }
    for (int i = 0; chosen.size() < BOUNDED; i++) { // a partial Fisher–Yates shuffle
      Collections.swap(pool, i, random.nextInt(i, pool.size()));
      chosen.add(pool.get(i));
    }
    Collections.sort(chosen);
    return new Choice(List.copyOf(chosen), tips.size());
  }
}
