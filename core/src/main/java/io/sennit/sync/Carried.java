package io.sennit.sync;

import io.sennit.event.EventId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The events that one direction of a link has carried, numbered from 0 in their order; the last
/// ones are remembered, so that both ends can name them by number.
///
/// A hash table whose chains lead from younger to older events, so that nothing is ever taken out:
/// a chain ends where it comes to an event whose slot was used again. One thread adds; both threads
/// of a link look up.
final class Carried {
  /// As many are remembered.
  static final int REMEMBERED = 65_536;

  private static final int SIZE_MIN = 256;

  /// Ids are hashes, so chains are short, unless somebody made ids whose last bits are alike. Those
  /// are not looked for any longer than this.
  private static final int STEPS_MAX = 64;

  /// Event n stands in slot n modulo the size, which is a power of two.
  private EventId[] slots = new EventId[SIZE_MIN];

  /// For each bucket the number of its youngest event, or -1.
  private long[] youngest = none(SIZE_MIN);

  /// For each slot the number of the next older event of its bucket, or -1.
  private long[] older = none(SIZE_MIN);

  private long count;

  private static long[] none(int size) {
    var numbers = new long[size];
    Arrays.fill(numbers, -1);
    return numbers;
  }

  /// The next event of this direction.
  synchronized void add(EventId id) {
    if (count == slots.length && slots.length < REMEMBERED) {
      enlarge();
    }
    put(id, count);
    count++;
  }

  private void put(EventId id, long number) {
    int slot = slot(number);
    int bucket = bucket(id);
    slots[slot] = id;
    older[slot] = youngest[bucket];
    youngest[bucket] = number;
  }

  private void enlarge() {
    var before = slots;
    slots = new EventId[2 * before.length];
    youngest = none(slots.length);
    older = none(slots.length);
    for (int number = 0; number < before.length; number++) {
      put(before[number], number);
    }
  }

  private int slot(long number) {
    return (int) (number & slots.length - 1);
  }

  private int bucket(EventId id) {
    return (int) (id.d() & slots.length - 1);
  }

  /// How many there were.
  synchronized long count() {
    return count;
  }

  /// The event's number when it is at most `reach` events back from `from`, or else -1, and rarely
  /// -1 all the same.
  synchronized long number(EventId id, long from, int reach) {
    long oldest = Math.max(count - slots.length, from - reach);
    long number = youngest[bucket(id)];
    for (int step = 0; step < STEPS_MAX && number >= 0 && number >= oldest; step++) {
      if (slots[slot(number)].equals(id)) {
        return number < from ? number : -1;
      }
      number = older[slot(number)];
    }
    return -1;
  }

  /// The event with this number, or null when it is forgotten or yet to come.
  synchronized @Nullable EventId id(long number) {
    return number < 0 || number >= count || count - number > slots.length
        ? null
        : slots[slot(number)];
  }
}
