package io.sennit.dag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Where the chain of one machine ends: at one event while it is honest, at several once it forked.
///
/// Each new event takes the place of the ends before it, unless it is proven that it does not know
/// of them: an end that is not lower is no ancestor, and neither is one that a walk over the
/// ancestors that stand above it does not meet. The walk is short, and what it does not decide is
/// taken for honest. So what is listed are never more than the chain's true ends, always one as
/// high as any, and always the latest event; ends of branches long abandoned may be missing.
public final class ChainEnds {
  /// Most ends that are kept: the latest event, and the highest others.
  public static final int KEPT_MAX = 8;

  /// Ancestors of one event that are looked at, while the machine is honest as far as is known.
  private static final int HONEST_STEPS_MAX = 32;

  /// The same, once it has forked.
  private static final int FORKED_STEPS_MAX = 256;

  private final LongFunction<@Nullable Node> nodes;
  private final Positions ends;
  private final Node next;

  private ChainEnds(LongFunction<@Nullable Node> nodes, Positions ends, Node next) {
    this.nodes = nodes;
    this.ends = ends;
    this.next = next;
  }

  /// The ends after one more event of the same machine.
  ///
  /// @param nodes places by position, null where one is lost; asked for what stands before `next`
  /// @param ends positions; none before the machine's first event
  public static Positions after(LongFunction<@Nullable Node> nodes, Positions ends, Node next) {
    if (ends.size() == 0 || (ends.size() == 1 && next.parents().contains(ends.get(0)))) {
      return Positions.of(next.position());
    }
    return new ChainEnds(nodes, ends, next).after();
  }

  private Positions after() {
    var stay = new ArrayList<Node>();
    var lower = new ArrayList<Node>();
    for (int i = 0; i < ends.size(); i++) {
      var end = nodes.apply(ends.get(i));
      if (end != null && !next.parents().contains(end.position())) {
        (end.height() < next.height() ? lower : stay).add(end);
      }
    }
    if (!lower.isEmpty()) {
      stay.addAll(apart(lower, ends.size() > 1 ? FORKED_STEPS_MAX : HONEST_STEPS_MAX));
    }
    stay.sort(Comparator.comparingLong(Node::height).thenComparingLong(Node::position).reversed());
    var kept = new long[Math.min(stay.size() + 1, KEPT_MAX)];
    kept[0] = next.position();
    for (int i = 1; i < kept.length; i++) {
      kept[i] = stay.get(i - 1).position();
    }
    return Positions.of(kept);
  }

  /// Those of which it is certain that they are no ancestors: the walk goes through the ancestors
  /// that came after them and stand above them, the latest first, and does not meet them. No end is
  /// an ancestor of another, so it need not go on behind one.
  private List<Node> apart(List<Node> lower, int stepsMax) {
    var unmet = new TreeMap<Long, Node>();
    long floor = Long.MAX_VALUE;
    for (var end : lower) {
      unmet.put(end.position(), end);
      floor = Math.min(floor, end.height());
    }
    var ahead = new TreeSet<Long>();
    approach(next.parents(), unmet, ahead);
    for (int steps = 0; !unmet.isEmpty() && !ahead.isEmpty(); steps++) {
      long position = ahead.pollLast();
      var node = steps < stepsMax ? nodes.apply(position) : null;
      if (node == null) {
        return List.copyOf(unmet.tailMap(position).values()); // those before it may be ancestors
      }
      if (node.height() > floor) {
        approach(node.parents(), unmet, ahead);
      }
    }
    return List.copyOf(unmet.values());
  }

  private void approach(Positions parents, TreeMap<Long, Node> unmet, TreeSet<Long> ahead) {
    for (int i = parents.size() - 1; i >= 0; i--) {
      long parent = parents.get(i);
      if (ends.contains(parent)) {
        unmet.remove(parent);
      } else if (!unmet.isEmpty() && parent > unmet.firstKey()) {
        ahead.add(parent);
      }
    }
  }
}
