package io.sennit.simulator.large;

import java.util.Arrays;

/// Links between machines: dialled, carrying frames in order, cut, silent.
///
/// A frame leaves when the sender's uplink is free, takes the way between the two machines, one
/// millisecond in which it is handled, and up to two of jitter. A frame that is lost is sent again,
/// after a retransmission time-out that doubles; what was sent later on that link waits for it.
/// Across links nothing is in order.
///
/// A link is a number: a place in a table, and how often that place has been used. Places are used
/// again in the order in which they became free, so that a number returns only after all other
/// places were used and its own 128 times.
final class Network {
  private static final int SLOT_BITS = 24;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int USES_MASK = 127;

  /// Words of a link in the table.
  private static final int WIDTH = 8;

  private static final int[] NO_LINKS = {};

  private static final int A = 0;
  private static final int B = 1;

  /// Ticks of the last arrivals: at B, at A.
  private static final int LAST = 2;

  /// One way, microseconds.
  private static final int WAY = 4;

  private static final int FLAGS = 5;

  /// Places in the two machines' lists of links; [#NEXT_FREE] when the slot is free.
  private static final int INDEX = 6;

  private static final int NEXT_FREE = 6;

  /// Open at A; the next bit: at B.
  private static final int OPEN = 1;

  /// Nothing arrives at A any more; the next bit: at B.
  private static final int DEAF = 4;

  private static final int USES_SHIFT = 8;

  private static final long MICRO_NANOS = 1_000;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// Checking a frame and, for a payload, the sync of the disk.
  static final long PROCESSING_NANOS = 1_000_000;

  private static final int JITTER_NANOS = 2_000_000;

  /// Least wait of TCP before it sends again.
  private static final long RESEND_NANOS_MIN = 200_000_000;

  /// Of frames that are lost, one in so many loses the link.
  private static final int RESETS = 1000;

  /// Bytes of TLS, TCP and IP around a frame: they count for the uplink only.
  private static final int ENVELOPE_BYTES = 62;

  /// How long one waits for an answer to a dial.
  private static final long DIAL_PATIENCE_NANOS = 5 * SECOND_NANOS;

  /// When a link whose other end is silent is given up by TCP.
  private static final long SILENCE_NANOS_MIN = 60 * SECOND_NANOS;

  private static final long SILENCE_NANOS_MAX = 120 * SECOND_NANOS;

  private final Wheel wheel;
  private final Places places;
  private final Dice dice;
  private final Frames frames = new Frames();
  private final double loss;
  private final int lossOf32Bits;

  private int[] table = new int[1024 * WIDTH];
  private int slots;
  private int freeFirst = -1;
  private int freeLast = -1;

  /// Links that are open at each machine, in the order in which they came, but that the last takes
  /// the place of one that goes.
  private final int[][] links;

  private final short[] linkCounts;
  private final boolean[] running;

  /// Vanished without a word: whoever dials it hears nothing at all.
  private final boolean[] silent;

  private final long[] uplinkBusyUntil;

  /// Whether what is sent from one region to another never arrives.
  private final boolean[] cut;

  private final int regions;

  Network(Wheel wheel, Places places, Dice dice, Topology topology, int machines, double loss) {
    this.wheel = wheel;
    this.places = places;
    this.dice = dice;
    this.loss = loss;
    lossOf32Bits = (int) (long) (loss * 0x1p32);
    regions = topology.regions().size();
    cut = new boolean[regions * regions];
    links = new int[machines][];
    Arrays.fill(links, NO_LINKS);
    linkCounts = new short[machines];
    running = new boolean[machines];
    silent = new boolean[machines];
    uplinkBusyUntil = new long[machines];
  }

  boolean running(int machine) {
    return running[machine];
  }

  /// Frames under way.
  int framesUnderWay() {
    return frames.size();
  }

  /// What it takes of the heap, about, without what is the same from the beginning.
  long sizeBytes() {
    long lists = 0;
    for (var list : links) {
      lists += list.length == 0 ? 0 : 16 + 4L * list.length;
    }
    return 4L * table.length + frames.sizeBytes() + lists;
  }

  Frames frames() {
    return frames;
  }

  /// Links that are open at this machine.
  int linkCount(int machine) {
    return linkCounts[machine];
  }

  /// One of them, by its place in the list.
  int link(int machine, int index) {
    return links[machine][index];
  }

  /// Who is at the other end of a link of this machine.
  int peer(int machine, int link) {
    int at = (link & SLOT_MASK) * WIDTH;
    return table[at + A] == machine ? table[at + B] : table[at + A];
  }

  /// Whether the link is open at this machine.
  boolean open(int machine, int link) {
    int at = (link & SLOT_MASK) * WIDTH;
    return uses(link) == (table[at + FLAGS] >>> USES_SHIFT & USES_MASK)
        && (table[at + FLAGS] & OPEN << side(at, machine)) != 0;
  }

  /// Whether both ends have it open and hear each other.
  boolean sound(int link) {
    return (table[(link & SLOT_MASK) * WIDTH + FLAGS] & 15) == (OPEN | OPEN << 1);
  }

  private int side(int at, int machine) {
    return table[at + A] == machine ? 0 : 1;
  }

  private static int uses(int link) {
    return link >>> SLOT_BITS;
  }

  // ---- dialling

  /// Tries to link with a machine: after one and a half round trips both are told.
  void dial(int machine, int peer) {
    long roundTripNanos = 2 * (places.oneWayMicros(machine, peer) * MICRO_NANOS + PROCESSING_NANOS);
    wheel.put(
        Wheel.tickAt(wheel.nowNanos() + roundTripNanos * 3 / 2 + dice.below(machine, JITTER_NANOS)),
        Entry.of(Entry.DIALLED, machine, peer));
  }

  /// A dial comes to its end.
  void dialled(int machine, int peer, Inhabitants inhabitants) {
    if (!running[machine]) {
      return;
    }
    boolean heard = !blocked(machine, peer) && !blocked(peer, machine);
    if (running[peer] && heard && places.dialable(peer) && peer != machine) {
      if (linked(machine, peer) || full(machine) || full(peer)) {
        inhabitants.unreachable(machine, peer);
        return;
      }
      int link = make(machine, peer);
      inhabitants.up(peer, link, machine, false);
      if (open(machine, link)) {
        inhabitants.up(machine, link, peer, true);
      }
    } else if (!running[peer] && !silent[peer] && heard && places.dialable(peer)) {
      inhabitants.unreachable(machine, peer); // refused at once
    } else {
      wheel.put(
          Wheel.tickAt(wheel.nowNanos() + DIAL_PATIENCE_NANOS),
          Entry.of(Entry.UNREACHABLE, machine, peer));
    }
  }

  boolean linked(int machine, int peer) {
    int fewer = linkCounts[machine] <= linkCounts[peer] ? machine : peer;
    int other = fewer == machine ? peer : machine;
    for (int i = 0; i < linkCounts[fewer]; i++) {
      if (peer(fewer, links[fewer][i]) == other) {
        return true;
      }
    }
    return false;
  }

  private boolean full(int machine) {
    return linkCounts[machine] == Short.MAX_VALUE;
  }

  private int make(int a, int b) {
    int slot = freeFirst;
    if (slot < 0) {
      if (slots > SLOT_MASK) {
        throw new IllegalStateException("more than " + slots + " links at once");
      }
      if ((slots + 1) * WIDTH > table.length) {
        table = Arrays.copyOf(table, table.length * 2);
      }
      slot = slots++;
    } else {
      freeFirst = table[slot * WIDTH + NEXT_FREE];
      if (freeFirst < 0) {
        freeLast = -1;
      }
    }
    int at = slot * WIDTH;
    int uses = table[at + FLAGS] >>> USES_SHIFT & USES_MASK;
    int link = uses << SLOT_BITS | slot;
    table[at + A] = a;
    table[at + B] = b;
    table[at + LAST] = 0;
    table[at + LAST + 1] = 0;
    table[at + WAY] = places.oneWayMicros(a, b);
    table[at + FLAGS] = uses << USES_SHIFT | OPEN | OPEN << 1;
    table[at + INDEX] = list(a, link);
    table[at + INDEX + 1] = list(b, link);
    return link;
  }

  private int list(int machine, int link) {
    int count = linkCounts[machine];
    if (count == links[machine].length) {
      links[machine] = Arrays.copyOf(links[machine], Math.max(8, count * 2));
    }
    links[machine][count] = link;
    linkCounts[machine]++;
    return count;
  }

  /// The link is open no longer at one side; when it is at neither, its place is free.
  private void close(int at, int side) {
    int machine = table[at + side];
    int index = table[at + INDEX + side];
    int last = --linkCounts[machine];
    int moved = links[machine][last];
    links[machine][index] = moved;
    int movedAt = (moved & SLOT_MASK) * WIDTH;
    table[movedAt + INDEX + side(movedAt, machine)] = index;
    table[at + FLAGS] &= ~(OPEN << side);
    if ((table[at + FLAGS] & (OPEN | OPEN << 1)) == 0) {
      int uses = (table[at + FLAGS] >>> USES_SHIFT) + 1 & USES_MASK;
      table[at + FLAGS] = uses << USES_SHIFT;
      table[at + NEXT_FREE] = -1;
      int slot = at / WIDTH;
      if (freeLast < 0) {
        freeFirst = slot;
      } else {
        table[freeLast * WIDTH + NEXT_FREE] = slot;
      }
      freeLast = slot;
    }
  }

  // ---- frames

  /// Sends on a link; if it is open no longer, nothing happens.
  ///
  /// @param sizeBytes with the frame's own length, without the envelope
  void send(int machine, int link, Object body, int word, int sizeBytes) {
    if (!open(machine, link)) {
      return;
    }
    int at = (link & SLOT_MASK) * WIDTH;
    int side = side(at, machine);
    int to = side ^ 1;
    long now = wheel.nowNanos();
    long sent =
        Math.max(now, uplinkBusyUntil[machine])
            + places.uplinkNanos(machine, sizeBytes + ENVELOPE_BYTES);
    uplinkBusyUntil[machine] = sent;
    if ((table[at + FLAGS] & DEAF << to) != 0) {
      return;
    }
    long drawn = dice.next(machine);
    long arrives =
        sent
            + table[at + WAY] * MICRO_NANOS
            + PROCESSING_NANOS
            + (((drawn >>> 32) * JITTER_NANOS) >>> 32);
    if (loss > 0 && Integer.compareUnsigned((int) drawn, lossOf32Bits) < 0) {
      arrives += resent(machine, link, at);
    }
    long tick = Math.max(Wheel.tickAt(arrives), table[at + LAST + side]);
    table[at + LAST + side] = (int) tick;
    int handle = frames.put(body, link, word);
    wheel.put(tick, Entry.of(Entry.FRAME, table[at + to], handle));
  }

  /// A frame that has arrived arrives once more, up to a second later.
  void again(int machine, int link, Object body, int word) {
    wheel.put(
        Wheel.tickAt(wheel.nowNanos() + dice.between(machine, 0, SECOND_NANOS)),
        Entry.of(Entry.FRAME, machine, frames.put(body, link, word)));
  }

  private long resent(int machine, int link, int at) {
    if (dice.below(machine, RESETS) == 0) {
      breaks(link);
    }
    long wait = RESEND_NANOS_MIN + 2L * table[at + WAY] * MICRO_NANOS;
    long all = wait;
    while (dice.unit(machine) < loss && wait < 10 * SECOND_NANOS) {
      wait *= 2;
      all += wait;
    }
    return all;
  }

  /// A frame has come to its machine.
  void arrived(int machine, int handle, Inhabitants inhabitants) {
    int link = frames.link(handle);
    var body = frames.body(handle);
    int word = frames.word(handle);
    frames.remove(handle);
    if (open(machine, link)) {
      int at = (link & SLOT_MASK) * WIDTH;
      int side = side(at, machine);
      if ((table[at + FLAGS] & DEAF << side) == 0) {
        inhabitants.arrived(machine, link, table[at + (side ^ 1)], body, word);
      }
    }
  }

  // ---- ends

  /// Ends a link after what was sent on it. The other side is told, this one is not.
  void hangUp(int machine, int link) {
    if (!open(machine, link)) {
      return;
    }
    int at = (link & SLOT_MASK) * WIDTH;
    int side = side(at, machine);
    tell(at, link, side);
    close(at, side);
  }

  /// The other side learns, in its turn, that this one is gone.
  private void tell(int at, int link, int side) {
    int other = side ^ 1;
    if ((table[at + FLAGS] & OPEN << other) == 0 || (table[at + FLAGS] & DEAF << other) != 0) {
      return;
    }
    long arrives = wheel.nowNanos() + table[at + WAY] * MICRO_NANOS;
    long tick = Math.max(Wheel.tickAt(arrives), table[at + LAST + side]);
    wheel.put(tick, Entry.of(Entry.DOWN, table[at + other], link));
  }

  /// Both sides learn, each at its own time, that a link no longer carries.
  private void breaks(int link) {
    int at = (link & SLOT_MASK) * WIDTH;
    for (int side = 0; side < 2; side++) {
      downAfter(at, link, side, dice.between(table[at + side], 0, 2 * SECOND_NANOS));
    }
  }

  private void downAfter(int at, int link, int side, long delayNanos) {
    wheel.put(
        Wheel.tickAt(wheel.nowNanos() + delayNanos), Entry.of(Entry.DOWN, table[at + side], link));
  }

  /// A link has come to its end at one machine.
  void down(int machine, int link, Inhabitants inhabitants) {
    if (!open(machine, link)) {
      return;
    }
    int at = (link & SLOT_MASK) * WIDTH;
    int side = side(at, machine);
    int peer = table[at + (side ^ 1)];
    tell(at, link, side);
    close(at, side);
    inhabitants.down(machine, link, peer);
  }

  // ---- machines

  void starts(int machine) {
    running[machine] = true;
    silent[machine] = false;
  }

  /// The machine is gone.
  ///
  /// @param silently without resets: its peers find out by themselves
  void crashes(int machine, boolean silently) {
    running[machine] = false;
    silent[machine] = silently;
    while (linkCounts[machine] > 0) {
      int link = links[machine][linkCounts[machine] - 1];
      int at = (link & SLOT_MASK) * WIDTH;
      int side = side(at, machine);
      if (!silently) {
        tell(at, link, side);
      } else if ((table[at + FLAGS] & OPEN << (side ^ 1)) != 0) {
        downAfter(at, link, side ^ 1, silenceNanos(machine));
      }
      close(at, side);
    }
    links[machine] = NO_LINKS;
  }

  private long silenceNanos(int machine) {
    return dice.between(machine, SILENCE_NANOS_MIN, SILENCE_NANOS_MAX);
  }

  // ---- regions

  private boolean blocked(int from, int to) {
    return cut[places.region(from) * regions + places.region(to)];
  }

  /// Nothing that is sent from a region, or to it, arrives any more; links across its border are
  /// doomed, and each end finds out later.
  ///
  /// @param inward whether the region does not hear the others either
  void partition(int region, boolean inward) {
    for (int other = 0; other < regions; other++) {
      if (other != region) {
        cut[region * regions + other] = true;
        cut[other * regions + region] |= inward;
      }
    }
    for (int slot = 0; slot < slots; slot++) {
      doom(slot, region);
    }
  }

  private void doom(int slot, int region) {
    int at = slot * WIDTH;
    if ((table[at + FLAGS] & (OPEN | OPEN << 1)) == 0) {
      return;
    }
    boolean first = places.region(table[at + A]) == region;
    boolean second = places.region(table[at + B]) == region;
    if (first == second) {
      return;
    }
    int link = (table[at + FLAGS] >>> USES_SHIFT & USES_MASK) << SLOT_BITS | slot;
    for (int side = 0; side < 2; side++) {
      if (blocked(table[at + (side ^ 1)], table[at + side])) {
        table[at + FLAGS] |= DEAF << side;
      }
      downAfter(at, link, side, silenceNanos(table[at + side]));
    }
  }

  /// Every region reaches every other. Links that were doomed stay so.
  void heal() {
    Arrays.fill(cut, false);
  }
}
