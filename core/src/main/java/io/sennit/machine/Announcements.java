package io.sennit.machine;

import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Runs that peers say they have and we have not. They are asked for only when nobody has given
/// them after a moment, so that in a full mesh every run travels each link once at most.
final class Announcements {
  /// How long to wait for a run to come by itself.
  static final long PATIENCE_NANOS = 20_000_000;

  /// How long to wait for the answer before another peer is asked.
  private static final long RETRY_NANOS = 1_000_000_000;

  private static final int ANNOUNCED_MAX = 65_536;

  /// Only looked up, never iterated.
  private final Map<EventId, List<Integer>> holders = new HashMap<>();

  private final PriorityQueue<Due> dues = new PriorityQueue<>();
  private long sequence;

  private record Due(long atNanos, long sequence, EventId id) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  void announced(int peer, List<EventId> ids, Predicate<EventId> held, long nowNanos) {
    for (var id : ids) {
      if (held.test(id)) {
        continue;
      }
      var known = holders.get(id);
      if (known != null) {
        if (!known.contains(peer)) {
          known.add(peer);
        }
      } else if (holders.size() < ANNOUNCED_MAX) {
        holders.put(id, new ArrayList<>(List.of(peer)));
        dues.add(new Due(nowNanos + PATIENCE_NANOS, sequence++, id));
      }
    }
  }

  /// What to ask of whom now.
  Map<Integer, List<EventId>> due(Predicate<EventId> held, Predicate<Integer> up, long nowNanos) {
    var asks = new TreeMap<Integer, List<EventId>>();
    while (!dues.isEmpty() && dues.element().atNanos <= nowNanos) {
      var id = dues.remove().id;
      var from = holders.getOrDefault(id, new ArrayList<>());
      from.removeIf(up.negate());
      if (held.test(id) || from.isEmpty()) {
        holders.remove(id);
      } else {
        asks.computeIfAbsent(from.removeFirst(), _ -> new ArrayList<>()).add(id);
        dues.add(new Due(nowNanos + RETRY_NANOS, sequence++, id));
      }
    }
    return asks;
  }

  /// Forgets all: nothing is asked for.
  void clear() {
    holders.clear();
    dues.clear();
  }

  /// Nanoseconds until something is due, or -1 when nothing is announced.
  long nextDelayNanos(long nowNanos) {
    return dues.isEmpty() ? -1 : Math.max(0, dues.element().atNanos - nowNanos);
  }
}
