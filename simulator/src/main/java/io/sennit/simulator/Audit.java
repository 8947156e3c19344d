package io.sennit.simulator;

import io.sennit.dag.MemoryStore;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Checks the invariants of one site's durable DAG after every step, by counting again what the
/// core claims.
final class Audit {
  private final int site;
  private final MachineId self;
  private final MemoryStore store;

  /// What was seen before: position and id never change. Only looked up, never iterated.
  private final Map<Long, EventId> seen = new HashMap<>();

  private final TreeSet<EventId> childless = new TreeSet<>();
  private long checked;

  Audit(int site, MachineId self, MemoryStore store) {
    this.site = site;
    this.self = self;
    this.store = store;
  }

  void check() {
    long count = store.count();
    require(count >= checked, "I4", "the DAG shrank from " + checked + " to " + count);
    boolean grew = count > checked;
    while (checked < count) {
      member(++checked);
    }
    if (grew) {
      require(store.tips().equals(List.copyOf(childless)), "I5", "tips differ from the recount");
      require(!childless.isEmpty(), "I5", "no tips");
    }
  }

  private void member(long position) {
    var node = store.node(position);
    var event = store.event(position);
    require(event.id().equals(node.id()), "I4", "position " + position + " holds another event");
    require(seen.put(position, node.id()) == null, "I4", "position " + position + " was taken");
    require(
        (position == 1) == event.parents().isEmpty(), "I1", node.id() + " stands without parents");
    if (position > 1 && node.machine().equals(self)) {
      own(event);
    }
    long height = 0;
    for (var parent : event.parents()) {
      long at = store.position(parent);
      require(
          at != 0 && at < position, "I2", parent + " is not here before its child " + node.id());
      height = Math.max(height, store.node(at).height() + 1);
      childless.remove(parent);
    }
    require(
        height == node.height(),
        "I3",
        node.id() + " has height " + node.height() + ", not " + height);
    childless.add(node.id());
  }

  /// What stands before our own event in the log is what we held when we made it.
  private void own(Event event) {
    if (event.tips() == 0) {
      require(
          event.parents().equals(List.copyOf(childless)),
          "I6",
          event.id() + " does not name all that its creator held");
    } else {
      require(event.tips() == childless.size(), "I6", event.id() + " miscounts its tips");
    }
  }

  private void require(boolean holds, String invariant, String what) {
    if (!holds) {
      throw new AssertionError(invariant + " at site " + site + ": " + what);
    }
  }
}
