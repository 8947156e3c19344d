package io.sennit.sync;

import io.sennit.dag.EventStore;
import io.sennit.dag.Node;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/// An author's events: a chain, each an ancestor of the next, unless the author forked it.
final class Chain {
  /// Ends of one author that are looked at.
  private static final int ENDS_MAX = 8;

  /// Events that are looked at for one author before its chain is taken for whole.
  private static final int STEPS_MAX = 512;

  private Chain() {}

  /// The author's events that are no ancestors of others of its own, the highest first: one for an
  /// honest author. A fork that lies deeper than one looks is not found, and costs another exchange
  /// when it matters.
  static List<Node> ends(EventStore store, MachineId author) {
    var tips = store.authorTips(author);
    var nodes = new ArrayList<Node>();
    for (int i = Math.max(0, tips.size() - ENDS_MAX); i < tips.size(); i++) {
      nodes.add(store.node(tips.get(i)));
    }
    nodes.sort(Comparator.comparingLong(Node::height).reversed());
    return nodes.size() < 2 ? nodes : unreached(store, nodes);
  }

  /// Walks down from the first and leaves out whatever it comes to.
  private static List<Node> unreached(EventStore store, List<Node> nodes) {
    var sought = new TreeSet<Long>();
    nodes.stream().skip(1).map(Node::position).forEach(sought::add);
    var seen = new TreeSet<Long>();
    var work = new PriorityQueue<Long>(Comparator.reverseOrder());
    work.add(nodes.getFirst().position());
    int steps = 0;
    while (!work.isEmpty() && !sought.isEmpty() && work.element() > sought.first()) {
      if (++steps > STEPS_MAX) {
        return List.of(nodes.getFirst());
      }
      long position = work.remove();
      sought.remove(position);
      store.node(position).parents().stream().filter(seen::add).forEach(work::add);
    }
    work.forEach(sought::remove);
    var ends = new ArrayList<Node>();
    ends.add(nodes.getFirst());
    nodes.stream().filter(node -> sought.contains(node.position())).forEach(ends::add);
    return ends;
  }
}
