package io.sennit.dag;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// A store that lives as long as the process: for tests, for the simulator, and for embedders who
/// keep their events elsewhere.
///
/// Good up to about a million events; the ranges of [Key]s are answered in logarithmic time.
public final class MemoryStore implements EventStore {
  /// Where runs may begin that are packed, and how many events at least.
  private static final long PACKED_EVENTS = 16;

  private static final long PACKED_EVENTS_MAX = 256;

  private final List<Placed> events = new ArrayList<>();
  private final Map<EventId, Long> positions = new HashMap<>();
  private final Order order = new Order();
  private final TreeSet<EventId> tips = new TreeSet<>();
  private final TreeMap<MachineId, Positions> authorTips = new TreeMap<>();
  private final LinkedHashMap<String, Receipt> receipts = new LinkedHashMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  @Override
  public long count() {
    return reading(() -> (long) events.size());
  }

  @Override
  public long position(EventId id) {
    return reading(() -> positions.getOrDefault(id, 0L));
  }

  @Override
  public Node node(long position) {
    return placed(position).node();
  }

  @Override
  public Event event(long position) {
    return placed(position).event();
  }

  /// Packs what begins at every 16th position, so that peers see both ways of giving.
  @Override
  public Optional<PackedRuns> packed(long position) {
    if (position % PACKED_EVENTS != 0 || !node(position - 1).sealed()) {
      return Optional.empty();
    }
    return reading(() -> {
      int from = (int) (position - 1);
      int to = (int) Math.min(events.size(), from + PACKED_EVENTS_MAX);
      while (to > from && !events.get(to - 1).node().sealed()) {
        to--;
      }
      return to - from < PACKED_EVENTS
          ? Optional.empty()
          : Optional.of(
              PackedRuns.of(
                  List.copyOf(events.subList(from, to)),
                  parent -> events.get((int) (parent - 1)).node().id()));
    });
  }

  private Placed placed(long position) {
    return reading(() -> {
      Objects.checkIndex(position - 1, (long) events.size());
      return events.get((int) (position - 1));
    });
  }

  @Override
  public List<EventId> tips() {
    return reading(() -> List.copyOf(tips));
  }

  @Override
  public Positions authorTips(MachineId machine) {
    return reading(() -> authorTips.getOrDefault(machine, Positions.of()));
  }

  @Override
  public List<MachineId> authors(MachineId after, int limit) {
    return reading(() -> authorTips.tailMap(after, false).keySet().stream().limit(limit).toList());
  }

  @Override
  public Summary summary(Key from, Key to) {
    return reading(() -> order.summary(from, to));
  }

  @Override
  public Key select(Key from, long rank) {
    return reading(() -> order.select(from, rank));
  }

  @Override
  public List<Key> keys(Key from, Key to, int limit) {
    return reading(() -> order.keys(from, to, limit));
  }

  /// Looks at every id: people ask this, machines do not.
  @Override
  public List<EventId> idsWithPrefix(String prefix, int limit) {
    var border = IdPrefix.of(prefix);
    return reading(() ->
        positions.keySet().stream()
            .filter(id -> id.compareTo(border.from()) >= 0 && id.compareTo(border.to()) <= 0)
            .sorted()
            .limit(limit)
            .toList());
  }

  @Override
  public Optional<Receipt> receipt(String key) {
    return reading(() -> Optional.ofNullable(receipts.get(key)));
  }

  @Override
  public void append(List<Placed> batch) {
    lock.writeLock().lock();
    try {
      var fresh = fresh(batch);
      fresh.forEach(this::add);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Those of the batch that are not here yet.
  private Collection<Placed> fresh(List<Placed> batch) {
    var fresh = new TreeMap<EventId, Placed>();
    var inOrder = new ArrayList<Placed>();
    for (var placed : batch) {
      long known = positions.getOrDefault(placed.node().id(), 0L);
      var before = fresh.get(placed.node().id());
      if (before != null) {
        known = before.position();
      }
      if (known != 0) {
        Batches.requireSamePlace(placed, known);
      } else {
        Batches.requireNext(placed, events.size() + inOrder.size() + 1L);
        fresh.put(placed.node().id(), placed);
        inOrder.add(placed);
      }
    }
    return inOrder;
  }

  private void add(Placed placed) {
    var node = placed.node();
    var ends = authorTips.getOrDefault(node.machine(), Positions.of());
    authorTips.put(
        node.machine(),
        ChainEnds.after(position -> events.get((int) (position - 1)).node(), ends, node));
    node.parents().stream()
        .forEach(parent -> tips.remove(events.get((int) (parent - 1)).node().id()));
    tips.add(node.id());
    order.add(node.key());
    positions.put(node.id(), node.position());
    events.add(placed);
    if (placed.receipt() != null) {
      receipts.putLast(placed.receipt().key(), placed.receipt());
      if (receipts.size() > Receipt.KEPT_MIN) {
        receipts.pollFirstEntry();
      }
    }
  }

  private <T> T reading(Supplier<T> question) {
    lock.readLock().lock();
    try {
      return question.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
