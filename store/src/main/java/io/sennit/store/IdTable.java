package io.sennit.store;

import io.sennit.event.EventId;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// Where the uuids of one stretch of positions stand, in memory: a stretch that is growing, or that
/// no [IdList] holds yet.
///
/// One thread adds, any thread looks. What a reader must find was added before the view was
/// published through which it looks, so it needs no lock; what it meets beyond that, half written
/// perhaps, has a position that its view does not have yet.
final class IdTable {
  /// Nobody outside this process knows it: uuids cannot be ground to fall into the same place.
  private static final long SALT = RandomGenerator.getDefault().nextLong();

  private static final int CAPACITY_MIN = 64;

  /// A hash table with open addressing, at most half full.
  private static final class Held {
    /// First words of the uuids, by position.
    private final long[] words;

    /// 1 + index of a word, or 0.
    private final int[] slots;

    Held(int capacity) {
      words = new long[capacity];
      slots = new int[capacity * 2];
    }

    /// Where this word stands, or the free slot where it would.
    private int first(long word) {
      return (int) mixed(word ^ SALT) & (slots.length - 1);
    }

    private int after(int slot) {
      return (slot + 1) & (slots.length - 1);
    }

    void add(long word, int index) {
      words[index] = word;
      int slot = first(word);
      while (slots[slot] != 0) {
        slot = after(slot);
      }
      slots[slot] = index + 1;
    }

    Held grown(int capacity) {
      var grown = new Held(capacity);
      for (int slot : slots) {
        if (slot != 0) {
          grown.add(words[slot - 1], slot - 1);
        }
      }
      return grown;
    }
  }

  private final long first;
  private final int size;
  private Held held;

  /// Empty.
  ///
  /// @param first position
  /// @param size positions it is for, a power of two
  /// @param expected how many come at once
  IdTable(long first, int size, int expected) {
    this.first = first;
    this.size = size;
    int wanted = Math.max(CAPACITY_MIN, Integer.highestOneBit(Math.max(1, expected)));
    this.held = new Held(Math.min(size, wanted));
  }

  /// Stafford's variant 13 of the finalizer of MurmurHash3.
  static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  long first() {
    return first;
  }

  long last() {
    return first + size - 1;
  }

  void add(EventId id, long position) {
    int index = (int) (position - first);
    int capacity = held.words.length;
    if (index >= capacity) {
      held = held.grown(Math.min(size, Math.max(capacity * 2, Integer.highestOneBit(index) * 2)));
    }
    held.add(id.a(), index);
  }

  /// Calls with each position whose uuid begins with this word.
  void find(long word, LongConsumer reader) {
    var present = held;
    int slot = present.first(word);
    while (present.slots[slot] != 0) {
      int index = present.slots[slot] - 1;
      if (present.words[index] == word) {
        reader.accept(first + index);
      }
      slot = present.after(slot);
    }
  }

  /// Calls with each position whose uuid begins with a word in this range, both ends included, in
  /// no order.
  void between(long from, long to, LongConsumer reader) {
    var present = held;
    for (int slot : present.slots) {
      if (slot != 0) {
        long word = present.words[slot - 1];
        if (Long.compareUnsigned(word, from) >= 0 && Long.compareUnsigned(word, to) <= 0) {
          reader.accept(first + slot - 1);
        }
      }
    }
  }

  /// All of them, sorted. Nothing may be added any more.
  IdEntries sorted() {
    int count = 0;
    var keys = new long[size];
    for (int slot : held.slots) {
      if (slot != 0) {
        int index = slot - 1;
        keys[count++] = (held.words[index] & ~IdEntries.INDEX_MASK) | index;
      }
    }
    var entries = new IdEntries(count);
    for (long key : Radix.sorted(Arrays.copyOf(keys, count))) {
      entries.add(IdEntries.prefix(key), first + (key & IdEntries.INDEX_MASK));
    }
    return entries;
  }
}
