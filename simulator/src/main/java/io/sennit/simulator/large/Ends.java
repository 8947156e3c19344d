package io.sennit.simulator.large;

import java.util.Arrays;

/// Ends of links at the machines of one sector. Each side of a link keeps its own end, so that two
/// sectors never write to the same place.
///
/// An end is a number: a place in this table, and how often that place has been used. Places are
/// used again in the order in which they became free, so that a number returns only after all other
/// places were used and its own 128 times.
final class Ends {
  /// Open at its machine.
  private static final int OPEN = 1;

  /// Nothing arrives here any more.
  private static final int DEAF = 2;

  private static final int SLOT_BITS = 24;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int USES_MASK = 127;
  private static final int USES_SHIFT = 8;

  /// Words of an end.
  static final int WIDTH = 8;

  private static final int MACHINE = 0;
  private static final int PEER = 1;

  /// The number of the other end, in the peer's sector.
  private static final int FAR = 2;

  /// Tick of the last arrival at the other end.
  private static final int LAST = 3;

  /// One way, microseconds.
  private static final int WAY = 4;

  private static final int FLAGS = 5;

  /// Its place in the machine's list of links; when the slot is free, the next that is.
  private static final int INDEX = 6;

  /// The place of an end that is no longer there.
  static final int NONE = -1;

  private int[] table = new int[256 * WIDTH];
  private int slots;
  private int freeFirst = NONE;
  private int freeLast = NONE;

  /// A new end, not open yet.
  ///
  /// @return its number
  int make(int machine, int peer, int wayMicros) {
    int slot = freeFirst;
    if (slot == NONE) {
      if (slots > SLOT_MASK) {
        throw new IllegalStateException("more than " + slots + " links at once");
      }
      if ((slots + 1) * WIDTH > table.length) {
        table = Arrays.copyOf(table, table.length * 2);
      }
      slot = slots++;
    } else {
      freeFirst = table[slot * WIDTH + INDEX];
      if (freeFirst == NONE) {
        freeLast = NONE;
      }
    }
    int at = slot * WIDTH;
    int uses = table[at + FLAGS] >>> USES_SHIFT;
    table[at + MACHINE] = machine;
    table[at + PEER] = peer;
    table[at + LAST] = 0;
    table[at + WAY] = wayMicros;
    table[at + FLAGS] = uses << USES_SHIFT;
    return uses << SLOT_BITS | slot;
  }

  /// Where the end with this number is; [#NONE]: it is no more.
  int at(int number) {
    int at = (number & SLOT_MASK) * WIDTH;
    return at < slots * WIDTH && table[at + FLAGS] >>> USES_SHIFT == number >>> SLOT_BITS
        ? at
        : NONE;
  }

  /// Where the open end with this number is; [#NONE]: it is not open.
  int openAt(int number) {
    int at = at(number);
    return at != NONE && (table[at + FLAGS] & OPEN) != 0 ? at : NONE;
  }

  /// The end is no more, and its place free.
  void remove(int at) {
    int uses = (table[at + FLAGS] >>> USES_SHIFT) + 1 & USES_MASK;
    table[at + FLAGS] = uses << USES_SHIFT;
    table[at + INDEX] = NONE;
    int slot = at / WIDTH;
    if (freeLast == NONE) {
      freeFirst = slot;
    } else {
      table[freeLast * WIDTH + INDEX] = slot;
    }
    freeLast = slot;
  }

  /// Places are multiples of [#WIDTH] below this.
  int end() {
    return slots * WIDTH;
  }

  /// The number of the end at a place.
  int number(int at) {
    return table[at + FLAGS] >>> USES_SHIFT << SLOT_BITS | at / WIDTH;
  }

  int machine(int at) {
    return table[at + MACHINE];
  }

  int peer(int at) {
    return table[at + PEER];
  }

  int far(int at) {
    return table[at + FAR];
  }

  int wayMicros(int at) {
    return table[at + WAY];
  }

  boolean isOpen(int at) {
    return (table[at + FLAGS] & OPEN) != 0;
  }

  boolean isDeaf(int at) {
    return (table[at + FLAGS] & DEAF) != 0;
  }

  void far(int at, int number) {
    table[at + FAR] = number;
  }

  /// @param index its place in the machine's list
  void open(int at, int index) {
    table[at + INDEX] = index;
    table[at + FLAGS] |= OPEN;
  }

  void deafen(int at) {
    table[at + FLAGS] |= DEAF;
  }

  int index(int at) {
    return table[at + INDEX];
  }

  void index(int at, int index) {
    table[at + INDEX] = index;
  }

  /// What arrives at the other end arrives in order: not at this tick, but at the returned one.
  long inOrder(int at, long tick) {
    long later = Math.max(tick, table[at + LAST]);
    table[at + LAST] = Math.toIntExact(later);
    return later;
  }

  /// What it takes of the heap, about.
  long sizeBytes() {
    return 4L * table.length;
  }
}
