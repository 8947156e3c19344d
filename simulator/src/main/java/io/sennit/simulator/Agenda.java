package io.sennit.simulator;

import java.util.PriorityQueue;

/// What happens when, in pretended nanoseconds. Things of one moment happen in the order in which
/// they were put on the agenda.
final class Agenda {
  private record Item(long atNanos, long sequence, Runnable action) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  private final PriorityQueue<Item> items = new PriorityQueue<>();
  private long sequence;
  private long nowNanos;

  long nowNanos() {
    return nowNanos;
  }

  void at(long atNanos, Runnable action) {
    items.add(new Item(Math.max(atNanos, nowNanos), sequence++, action));
  }

  void in(long delayNanos, Runnable action) {
    at(nowNanos + delayNanos, action);
  }

  /// Lets the next thing happen.
  ///
  /// @return whether there was one before `untilNanos`
  boolean step(long untilNanos) {
    if (items.isEmpty() || items.element().atNanos > untilNanos) {
      nowNanos = Math.max(nowNanos, untilNanos);
      return false;
    }
    var item = items.remove();
    nowNanos = item.atNanos;
    item.action.run();
    return true;
  }
}
