package io.sennit.dag;

import java.util.Arrays;
import java.util.function.Predicate;

/// Questions about ancestors, answered by walking down from high positions to low ones.
///
/// Parents have lower positions than their children, so a heap of positions visits every event
/// after all of its descendants: no recursion, no marks on the graph, and the walk ends as soon as
/// nothing is left to decide. The difference is git's "paint down to common": one colour from each
/// side.
public final class Ancestry {
  private Ancestry() {}

  /// The events that are `wanted` or ancestors of them, and neither `known` nor ancestors of those.
  ///
  /// @return positions, ascending: parents before children
  public static long[] difference(Graph graph, Positions wanted, Positions known) {
    return difference(graph, wanted, known, _ -> false);
  }

  /// The same, where events are also known that are `covered` when the walk comes to them.
  ///
  /// @return positions, ascending: parents before children
  public static long[] difference(
      Graph graph, Positions wanted, Positions known, Predicate<Node> covered) {
    var heap = new Heap();
    wanted.stream().forEach(position -> heap.push(position, false));
    known.stream().forEach(position -> heap.push(position, true));
    var found = new Longs();
    while (heap.undecided() > 0) {
      var node = graph.node(heap.topPosition());
      boolean isKnown = heap.popAll() || covered.test(node);
      if (!isKnown) {
        found.add(node.position());
      }
      var parents = node.parents();
      for (int i = 0; i < parents.size(); i++) {
        heap.push(parents.get(i), isKnown);
      }
    }
    return found.reversed();
  }

  /// Whether the event at `ancestor` is an ancestor of the one at `descendant`. An event is not its
  /// own ancestor.
  public static boolean isAncestor(Graph graph, long ancestor, long descendant) {
    if (ancestor >= descendant) {
      return false;
    }
    long floor = graph.node(ancestor).height();
    var heap = new Heap();
    heap.push(descendant, false);
    while (heap.undecided() > 0) {
      long position = heap.topPosition();
      heap.popAll();
      if (position == ancestor) {
        return true;
      }
      var node = graph.node(position);
      if (node.height() > floor) {
        node.parents().stream()
            .filter(parent -> parent >= ancestor)
            .forEach(p -> heap.push(p, false));
      }
    }
    return false;
  }

  /// Whether neither event is an ancestor of the other, and they are not the same.
  public static boolean concurrent(Graph graph, long a, long b) {
    return a != b && !isAncestor(graph, a, b) && !isAncestor(graph, b, a);
  }

  /// Positions with a colour, highest first; one position may be in it more than once.
  private static final class Heap {
    private long[] items = new long[64];
    private int size;
    private int undecided;

    /// How many entries are not known.
    int undecided() {
      return undecided;
    }

    void push(long position, boolean known) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      if (!known) {
        undecided++;
      }
      long item = position << 1 | (known ? 1 : 0);
      int at = size++;
      while (at > 0 && items[(at - 1) / 2] < item) {
        items[at] = items[(at - 1) / 2];
        at = (at - 1) / 2;
      }
      items[at] = item;
    }

    long topPosition() {
      return items[0] >>> 1;
    }

    /// Removes every entry of the top position. Answers whether one of them was known.
    boolean popAll() {
      long position = topPosition();
      boolean known = false;
      while (size > 0 && topPosition() == position) {
        boolean isKnown = (pop() & 1) == 1;
        known |= isKnown;
        if (!isKnown) {
          undecided--;
        }
      }
      return known;
    }

    private long pop() {
      long top = items[0];
      long last = items[--size];
      int at = 0;
      while (2 * at + 1 < size) {
        int child = 2 * at + 1;
        if (child + 1 < size && items[child + 1] > items[child]) {
          child++;
        }
        if (items[child] <= last) {
          break;
        }
        items[at] = items[child];
        at = child;
      }
      items[at] = last;
      return top;
    }
  }

  /// A growing list of positions.
  private static final class Longs {
    private long[] items = new long[64];
    private int size;

    void add(long item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      items[size++] = item;
    }

    long[] reversed() {
      var reversed = new long[size];
      for (int i = 0; i < size; i++) {
        reversed[i] = items[size - 1 - i];
      }
      return reversed;
    }
  }
}
