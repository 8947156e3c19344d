package io.sennit.dag;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The DAG including what is still on its way to the disk.
///
/// Events enter in one order, and durability is a prefix of it: [#persisted] moves the border.
/// Everything that leaves the machine speaks of the durable part alone.
public final class Head implements Graph {
  private final EventStore store;

  /// Runs in flight, by position and by id. Only looked up, never iterated.
  private final Map<Long, Placed> flight = new HashMap<>();

  private final Map<EventId, Placed> flightById = new HashMap<>();
  private final ArrayDeque<Placed> flightOrder = new ArrayDeque<>();

  private final TreeMap<EventId, Long> tips = new TreeMap<>();
  private final TreeSet<EventId> durableTips = new TreeSet<>();
  private long durable;
  private long count;
  private long flightBytes;

  /// Begins with what the store holds, which must not be nothing.
  public Head(EventStore store) {
    this.store = store;
    this.durable = store.count();
    this.count = durable;
    for (var tip : store.tips()) {
      tips.put(tip, store.position(tip));
      durableTips.add(tip);
    }
  }

  /// Number of events, those in flight included.
  public long count() {
    return count;
  }

  /// Number of durable events.
  public long durable() {
    return durable;
  }

  /// Events in flight.
  public int inFlight() {
    return flightOrder.size();
  }

  /// Bytes of the events in flight.
  public long inFlightBytes() {
    return flightBytes;
  }

  /// The tips with their positions, ascending by id. A view.
  public Map<EventId, Long> tips() {
    return Collections.unmodifiableMap(tips);
  }

  /// The durable tips, ascending. A view.
  public Collection<EventId> durableTips() {
    return Collections.unmodifiableCollection(durableTips);
  }

  /// The event's position, or 0 when it is not here.
  public long position(EventId id) {
    var placed = flightById.get(id);
    return placed == null ? store.position(id) : placed.position();
  }

  /// Whether the event is here.
  public boolean contains(EventId id) {
    return position(id) != 0;
  }

  @Override
  public Node node(long position) {
    var placed = flight.get(position);
    return placed == null ? store.node(position) : placed.node();
  }

  /// Gives an event the next position. Its parents must be here.
  ///
  /// @throws IllegalStateException when it is here already or a parent is not
  public Placed enter(Event event) {
    return enter(event, null);
  }

  /// Gives an event the next position, and the receipt of the request it is the first of.
  ///
  /// @throws IllegalStateException when it is here already or a parent is not
  public Placed enter(Event event, @Nullable Receipt receipt) {
    var parents = event.parents();
    var positions = new long[parents.size()];
    long height = 0;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position(parents.get(i));
      if (positions[i] == 0) {
        throw new IllegalStateException(
            event.id() + " entered before its parent " + parents.get(i));
      }
      height = Math.max(height, node(positions[i]).height() + 1);
    }
    if (flightById.containsKey(event.id())) {
      throw new IllegalStateException(event.id() + " entered twice");
    }
    var node =
        new Node(
            ++count,
            event.id(),
            height,
            event.machine(),
            event.sealed(),
            event.body().length,
            Positions.of(positions));
    var placed = new Placed(node, event, receipt);
    flight.put(count, placed);
    flightById.put(event.id(), placed);
    flightOrder.add(placed);
    flightBytes += event.body().length;
    parents.forEach(tips::remove);
    tips.put(event.id(), count);
    return placed;
  }

  /// Forgets what is in flight: nobody knows whether it will ever be durable.
  public void abandon() {
    flight.clear();
    flightById.clear();
    flightOrder.clear();
    flightBytes = 0;
    count = durable;
    tips.clear();
    for (var tip : durableTips) {
      tips.put(tip, store.position(tip));
    }
  }

  /// Everything up to this position is durable and in the store.
  ///
  /// @return what became durable, in order
  public List<Placed> persisted(long position) {
    var landed = new ArrayList<Placed>();
    while (!flightOrder.isEmpty() && flightOrder.getFirst().position() <= position) {
      var placed = flightOrder.removeFirst();
      flight.remove(placed.position());
      flightById.remove(placed.event().id());
      flightBytes -= placed.event().body().length;
      placed.event().parents().forEach(durableTips::remove);
      durableTips.add(placed.event().id());
      durable = placed.position();
      landed.add(placed);
    }
    return landed;
  }
}
