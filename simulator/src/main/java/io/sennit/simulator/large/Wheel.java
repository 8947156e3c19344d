package io.sennit.simulator.large;

import java.util.Arrays;

/// What happens when: entries of 64 bits in the order of their ticks, and within a tick in the
/// order in which they were put there.
///
/// Three levels: the ticks of the present window, each a chain of chunks; the windows of the
/// present epoch, whose entries carry their tick with them; and everything later. When a window or
/// an epoch begins, what waited for it moves down before anything else can be put there, so that
/// the order of putting is kept. Nothing is sorted, nothing is allocated but chunks, and those are
/// used again.
final class Wheel {
  /// A tick is so many bits of nanoseconds long: 0.26 ms.
  static final int TICK_BITS = 18;

  /// Length of a tick.
  static final long TICK_NANOS = 1L << TICK_BITS;

  /// 8,192 ticks are a window of 2.1 s; 4,096 windows an epoch of 2.4 h.
  private static final int WINDOW_BITS = 13;

  private static final int EPOCH_BITS = 12;
  private static final int TICKS = 1 << WINDOW_BITS;
  private static final int WINDOWS = 1 << EPOCH_BITS;
  private static final int LATER = TICKS + WINDOWS;

  /// Entries, or halves of entries with their ticks, in a chunk.
  private static final int CHUNK = 64;

  private static final int NONE = -1;

  /// Chains: those of the ticks, then those of the windows, then the one of all that is later.
  private final int[] first = new int[LATER + 1];

  private final int[] last = new int[LATER + 1];

  /// How full the last chunk of the chain is.
  private final byte[] fill = new byte[LATER + 1];

  private long[][] chunks = new long[1024][];
  private int[] next = new int[1024];
  private int made;
  private int free = NONE;

  private long tick;
  private int reading = NONE;
  private int read;
  private long size;

  Wheel() {
    Arrays.fill(first, NONE);
    Arrays.fill(last, NONE);
  }

  /// The tick of the entry that [#poll] gave last, or of the end of the search.
  long tick() {
    return tick;
  }

  /// Beginning of the present tick.
  long nowNanos() {
    return tick << TICK_BITS;
  }

  /// Entries that wait.
  long size() {
    return size;
  }

  /// The first tick that begins at this moment or later.
  static long tickAt(long nanos) {
    return (nanos + TICK_NANOS - 1) >> TICK_BITS;
  }

  /// @param at not before the present tick; in it, after all that is there
  void put(long at, long entry) {
    if (at < tick) {
      throw new IllegalStateException("tick " + at + " is over; it is " + tick);
    }
    size++;
    long window = at >>> WINDOW_BITS;
    if (window == tick >>> WINDOW_BITS) {
      append((int) at & TICKS - 1, entry);
    } else {
      boolean thisEpoch = window >>> EPOCH_BITS == tick >>> (WINDOW_BITS + EPOCH_BITS);
      int chain = thisEpoch ? TICKS + ((int) window & WINDOWS - 1) : LATER;
      append(chain, at);
      append(chain, entry);
    }
  }

  /// Goes to the next entry.
  ///
  /// @param until the last tick that is of interest
  /// @return whether there is one; then [#entry] is it
  boolean poll(long until) {
    while (true) {
      int chain = (int) tick & TICKS - 1;
      if (reading == NONE) {
        reading = first[chain];
        read = 0;
      }
      if (reading != NONE) {
        boolean end = reading == last[chain];
        if (read < (end ? fill[chain] : CHUNK)) {
          size--;
          return true;
        }
        if (!end) {
          int done = reading;
          reading = next[done];
          first[chain] = reading;
          read = 0;
          release(done);
          continue;
        }
        release(reading);
        reading = NONE;
        first[chain] = NONE;
        last[chain] = NONE;
      }
      if (tick >= until) {
        return false;
      }
      tick++;
      if ((tick & TICKS - 1) == 0) {
        beginWindow();
      }
    }
  }

  /// How many entries are known to follow from the one that [#poll] went to, that one included.
  int inRow() {
    int chain = (int) tick & TICKS - 1;
    return (reading == last[chain] ? fill[chain] : CHUNK) - read;
  }

  /// One of those, from 0, without going there.
  long ahead(int index) {
    return chunks[reading][read + index];
  }

  /// The entry that [#poll] went to; to be called once for each.
  long entry() {
    return chunks[reading][read++];
  }

  /// What it takes of the heap, about.
  long sizeBytes() {
    return made * (CHUNK * 8L + 16) + chunks.length * 8L;
  }

  private void beginWindow() {
    long window = tick >>> WINDOW_BITS;
    if ((window & WINDOWS - 1) == 0) {
      moveDown(LATER);
    }
    moveDown(TICKS + ((int) window & WINDOWS - 1));
  }

  private void moveDown(int chain) {
    int chunk = first[chain];
    int end = last[chain];
    int filled = fill[chain];
    first[chain] = NONE;
    last[chain] = NONE;
    while (chunk != NONE) {
      int count = chunk == end ? filled : CHUNK;
      long[] entries = chunks[chunk];
      for (int i = 0; i < count; i += 2) {
        size--;
        put(entries[i], entries[i + 1]);
      }
      int after = chunk == end ? NONE : next[chunk];
      release(chunk);
      chunk = after;
    }
  }

  private void append(int chain, long value) {
    int chunk = last[chain];
    int at = fill[chain];
    if (chunk == NONE || at == CHUNK) {
      int fresh = acquire();
      if (chunk == NONE) {
        first[chain] = fresh;
      } else {
        next[chunk] = fresh;
      }
      last[chain] = fresh;
      chunk = fresh;
      at = 0;
    }
    chunks[chunk][at] = value;
    fill[chain] = (byte) (at + 1);
  }

  private int acquire() {
    if (free != NONE) {
      int chunk = free;
      free = next[chunk];
      return chunk;
    }
    if (made == chunks.length) {
      chunks = Arrays.copyOf(chunks, made * 2);
      next = Arrays.copyOf(next, made * 2);
    }
    chunks[made] = new long[CHUNK];
    return made++;
  }

  private void release(int chunk) {
    next[chunk] = free;
    free = chunk;
  }
}
