package io.sennit.sync;

import io.sennit.event.EventId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events that one direction of a link has carried, numbered from 0 in their order; the last
/// ones are remembered, so that both ends can name them by number.
///
/// One thread adds; both threads of a link look up.
final class Carried {
  /// As many are remembered.
  static final int REMEMBERED = 65_536;

  private final Map<EventId, Long> numbers = new HashMap<>();
  private EventId[] ring = new EventId[256];
  private long count;

  /// The next event of this direction.
  synchronized void add(EventId id) {
    if (count == ring.length && ring.length < REMEMBERED) {
      var larger = new EventId[ring.length * 2];
      System.arraycopy(ring, 0, larger, 0, ring.length);
      ring = larger;
    }
    int slot = (int) (count % ring.length);
    if (count >= ring.length) {
      numbers.remove(ring[slot], count - ring.length);
    }
    ring[slot] = id;
    numbers.put(id, count);
    count++;
  }

  /// How many there were.
  synchronized long count() {
    return count;
  }

  /// The event's number when it is at most `reach` events back from `from`, or else -1.
  synchronized long number(EventId id, long from, int reach) {
    long number = numbers.getOrDefault(id, -1L);
    return number >= 0 && number < from && from - number <= reach ? number : -1;
  }

  /// The event with this number, or null when it is forgotten or yet to come.
  synchronized @Nullable EventId id(long number) {
    return number < 0 || number >= count || count - number > ring.length
        ? null
        : ring[(int) (number % ring.length)];
  }
}
