package io.sennit.dag;

import io.sennit.event.EventId;

/// An event's place in the order by (height, uuid): a topological order that is the same on every
/// machine.
///
/// A key need not belong to an event; it can be the border of a range.
public record Key(long height, EventId id) implements Comparable<Key> {
  private static final EventId LOWEST = new EventId(0, 0, 0, 0);

  /// Not above any event.
  public static final Key MIN = new Key(0, LOWEST);

  /// Above every event.
  public static final Key MAX = new Key(Long.MAX_VALUE, LOWEST);

  /// The border below all events of this height.
  public static Key floor(long height) {
    return new Key(height, LOWEST);
  }

  @Override
  public int compareTo(Key other) {
    int order = Long.compare(height, other.height);
    return order == 0 ? id.compareTo(other.id) : order;
  }
}
