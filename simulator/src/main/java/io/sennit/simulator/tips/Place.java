package io.sennit.simulator.tips;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Somewhere in the world: which events have arrived there, parents before children, and which of
/// them are tips.
final class Place {
  private final History history;
  private final BitSet here = new BitSet();
  private final BitSet tips = new BitSet();

  /// What waits for an event that is not here. Only looked up, never iterated.
  private final Map<Integer, List<Integer>> waiting = new HashMap<>();

  Place(History history) {
    this.history = history;
    here.set(0);
    tips.set(0);
  }

  boolean has(int event) {
    return here.get(event);
  }

  /// A copy.
  BitSet tips() {
    return (BitSet) tips.clone();
  }

  /// The event is here, or waits for parents that are not.
  ///
  /// @return what joined, in order
  List<Integer> arrive(int event) {
    var joined = new ArrayList<Integer>(1);
    var work = new ArrayDeque<Integer>();
    work.add(event);
    while (!work.isEmpty()) {
      int next = work.remove();
      int missing = missing(next);
      if (missing >= 0) {
        waiting.computeIfAbsent(missing, _ -> new ArrayList<>(1)).add(next);
        continue;
      }
      here.set(next);
      for (int parent : history.parents(next)) {
        tips.clear(parent);
      }
      tips.set(next);
      joined.add(next);
      var released = waiting.remove(next);
      if (released != null) {
        work.addAll(released);
      }
    }
    return joined;
  }

  /// A parent that is not here, or -1.
  private int missing(int event) {
    for (int parent : history.parents(event)) {
      if (!here.get(parent)) {
        return parent;
      }
    }
    return -1;
  }
}
