package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import io.sennit.dag.Node;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Applies the rule to the head, and knows the machine's own last event.
final class ParentChoice {
  private final MachineId self;
  private final RandomGenerator random;
  private @Nullable EventId ownLast;
  private long ownHeight = -1;

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

  ParentRule.Choice<EventId> choose(Head head) {
    return ParentRule.SENNIT.choose(head.tips().keySet(), ownLast, random);
  }
}
