package io.sennit.dag;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The DAG including what is still on its way to the disk.
///
/// Events enter in one order, and durability is a prefix of it: [#persisted] moves the border.
/// Everything that leaves the machine speaks of the durable part alone.
public final class Head implements Graph {
  private static final int JUST_DURABLE_MAX = 64;

  private static final int FLIGHT_SIZE_MIN = 1024;

  private final EventStore store;

  /// Events in flight by id. Only looked up, never iterated.
  private final Map<EventId, Placed> flightById = new HashMap<>();

  /// The same by position: those behind what is durable, and some that became durable last, in a
  /// ring, each at its position modulo the size, which is a power of two.
  private @Nullable Placed[] flight = new Placed[FLIGHT_SIZE_MIN];

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
    return (int) (count - durable);
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
    var placed = inFlight(id);
    return placed == null ? store.position(id) : placed.position();
  }

  /// Most questions are about the event that came last: the parent of the next.
  private @Nullable Placed inFlight(EventId id) {
    var last = flying(count);
    return last != null && last.node().id().equals(id) ? last : flightById.get(id);
  }

  private @Nullable Placed flying(long position) {
    return position > durable && position <= count ? flight[slot(position)] : null;
  }

  /// The event in flight at this position.
  ///
  /// @throws IllegalArgumentException when it is durable, or not here
  public Placed inFlight(long position) {
    var placed = flying(position);
    if (placed == null) {
      throw new IllegalArgumentException("nothing is in flight at position " + position);
    }
    return placed;
  }

  /// The event at this position, if it became durable just now: peers and readers are told of it
  /// next, and the store would have to read it.
  public Optional<Event> justDurable(long position) {
    var placed = position <= durable ? flight[slot(position)] : null;
    return placed == null || placed.position() != position
        ? Optional.empty()
        : Optional.of(placed.event());
  }

  private int slot(long position) {
    return (int) (position & flight.length - 1);
  }

  /// Whether the event is here.
  public boolean contains(EventId id) {
    return position(id) != 0;
  }

  @Override
  public Node node(long position) {
    var placed = flying(position);
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
      var parent = inFlight(parents.get(i));
      positions[i] = parent == null ? store.position(parents.get(i)) : parent.position();
      if (positions[i] == 0) {
        throw new IllegalStateException(
            event.id() + " entered before its parent " + parents.get(i));
      }
      var node = parent == null ? store.node(positions[i]) : parent.node();
      height = Math.max(height, node.height() + 1);
    }
    if (count - durable == flight.length) {
      enlarge();
    }
    var node =
        new Node(
            count + 1,
            event.id(),
            height,
            event.machine(),
            event.sealed(),
            event.body().length,
            Positions.of(positions));
    var placed = new Placed(node, event, receipt);
    if (flightById.putIfAbsent(event.id(), placed) != null) {
      throw new IllegalStateException(event.id() + " entered twice");
    }
    flight[slot(++count)] = placed;
    flightBytes += event.body().length;
    parents.forEach(tips::remove);
    tips.put(event.id(), count);
    return placed;
  }

  private void enlarge() {
    var before = flight;
    flight = new Placed[2 * before.length];
    for (long position = durable + 1; position <= count; position++) {
      flight[slot(position)] = before[(int) (position & before.length - 1)];
    }
  }

  /// Forgets what is in flight: nobody knows whether it will ever be durable.
  public void abandon() {
    flight = new Placed[FLIGHT_SIZE_MIN];
    flightById.clear();
    flightBytes = 0;
    count = durable;
    tips.clear();
    for (var tip : durableTips) {
      tips.put(tip, store.position(tip));
    }
  }

  private void forget(long position) {
    int slot = slot(position);
    var placed = flight[slot];
    if (placed != null && placed.position() == position) {
      flight[slot] = null;
    }
  }

  /// Everything up to this position is durable and in the store.
  public void persisted(long position) {
    while (durable < position) {
      var placed = flying(durable + 1);
      if (placed == null) {
        break;
      }
      durable++;
      forget(durable - JUST_DURABLE_MAX);
      flightById.remove(placed.node().id());
      flightBytes -= placed.node().sizeBytes();
      placed.event().parents().forEach(durableTips::remove);
      durableTips.add(placed.node().id());
    }
  }
}
