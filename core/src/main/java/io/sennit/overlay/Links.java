package io.sennit.overlay;

import io.sennit.event.MachineId;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The links there are, in numbered slots: one array for each property, so that a link costs some
/// fifty bytes, and a set of links is a `long`.
///
/// Times are milliseconds in an `int` that wraps: only differences are looked at.
final class Links {
  /// No machine has more: a set of links is one word.
  static final int SLOTS_MAX = 64;

  /// Slots beyond what the capacity allows, for links about which nothing is decided yet.
  private static final int SPARE = 8;

  private static final int STEP = 4;

  /// Nobody is there.
  static final byte FREE = 0;

  /// Somebody dialled us and has not said why.
  static final byte OPENED = 1;

  /// We dialled and asked; the answer is not here.
  static final byte ASKED = 2;

  /// Both count on it.
  static final byte ACTIVE = 3;

  private final int slotsMax;
  private int[] peers = new int[2 * STEP];
  private byte[] states = new byte[2 * STEP];
  private byte[] flags = new byte[2 * STEP];
  private int[] since = new int[2 * STEP];
  private int[] heardAt = new int[2 * STEP];
  private int[] roundTrips = new int[2 * STEP];
  private MachineId[] machines = new MachineId[2 * STEP];
  private @Nullable Contact[] contacts = new Contact[2 * STEP];
  private long active;
  private long random;
  private long doubtful;

  private static final byte DIALLED = 1;
  private static final byte SEARCHED = 2;

  Links(Capacity capacity) {
    slotsMax = Math.min(SLOTS_MAX, capacity.most() + SPARE);
  }

  /// Slots in use are below this.
  int end() {
    return states.length;
  }

  /// See [Overlay#touch].
  int touch() {
    return states[0] + peers[0] + heardAt[0];
  }

  /// The slot of a peer; −1: it has none.
  int find(int peer) {
    for (int slot = 0; slot < states.length; slot++) {
      if (states[slot] != FREE && peers[slot] == peer) {
        return slot;
      }
    }
    return -1;
  }

  /// The slot of a link with this machine; −1: there is none.
  int find(MachineId machine) {
    for (int slot = 0; slot < states.length; slot++) {
      if (states[slot] != FREE && machines[slot].equals(machine)) {
        return slot;
      }
    }
    return -1;
  }

  /// Gives the link a slot; −1: there are too many.
  int add(int peer, MachineId machine, boolean dialled, int now) {
    int slot = 0;
    while (slot < states.length && states[slot] != FREE) {
      slot++;
    }
    if (slot == states.length) {
      if (slot >= slotsMax) {
        return -1;
      }
      grow(Math.min(slotsMax, slot + STEP));
    }
    peers[slot] = peer;
    states[slot] = OPENED;
    flags[slot] = dialled ? DIALLED : 0;
    since[slot] = now;
    heardAt[slot] = now;
    doubtful &= ~(1L << slot);
    roundTrips[slot] = -1;
    machines[slot] = machine;
    contacts[slot] = null;
    return slot;
  }

  private void grow(int slots) {
    peers = Arrays.copyOf(peers, slots);
    states = Arrays.copyOf(states, slots);
    flags = Arrays.copyOf(flags, slots);
    since = Arrays.copyOf(since, slots);
    heardAt = Arrays.copyOf(heardAt, slots);
    roundTrips = Arrays.copyOf(roundTrips, slots);
    machines = Arrays.copyOf(machines, slots);
    contacts = Arrays.copyOf(contacts, slots);
  }

  /// It counts no longer.
  void deactivate(int slot) {
    active &= ~(1L << slot);
    random &= ~(1L << slot);
  }

  /// Makes the slot free.
  void remove(int slot) {
    states[slot] = FREE;
    contacts[slot] = null;
    active &= ~(1L << slot);
    random &= ~(1L << slot);
  }

  /// We asked.
  void asked(int slot) {
    states[slot] = ASKED;
  }

  /// Both count on it from now on.
  void activate(int slot, Contact contact, Kind kind, int now) {
    states[slot] = ACTIVE;
    contacts[slot] = contact;
    since[slot] = now;
    active |= 1L << slot;
    if (kind == Kind.RANDOM) {
      random |= 1L << slot;
    }
  }

  /// The links that both count on, as a set of slots.
  long active() {
    return active;
  }

  int activeCount() {
    return Long.bitCount(active);
  }

  /// Those of them whose other end has not answered in time, and has said nothing since.
  long doubtful() {
    return active & doubtful;
  }

  /// How many of them there are without those.
  int soundCount() {
    return Long.bitCount(active & ~doubtful);
  }

  void doubt(int slot) {
    doubtful |= 1L << slot;
  }

  /// Those of them that are random ones.
  long random() {
    return random;
  }

  boolean isActive(int slot) {
    return states[slot] == ACTIVE;
  }

  byte state(int slot) {
    return states[slot];
  }

  int peer(int slot) {
    return peers[slot];
  }

  MachineId machine(int slot) {
    return machines[slot];
  }

  /// Who is there, of an active link.
  Contact contact(int slot) {
    var contact = contacts[slot];
    if (contact == null) {
      throw new IllegalStateException("slot " + slot + " is not active");
    }
    return contact;
  }

  /// Did it begin here?
  boolean dialled(int slot) {
    return (flags[slot] & DIALLED) != 0;
  }

  /// It was looked for, to take another's place.
  void searched(int slot) {
    flags[slot] |= SEARCHED;
  }

  boolean wasSearched(int slot) {
    return (flags[slot] & SEARCHED) != 0;
  }

  int since(int slot) {
    return since[slot];
  }

  int heardAt(int slot) {
    return heardAt[slot];
  }

  void heard(int slot, int now) {
    heardAt[slot] = now;
    doubtful &= ~(1L << slot);
  }

  /// In microseconds; −1: not measured yet.
  int roundTrip(int slot) {
    return roundTrips[slot];
  }

  void measured(int slot, int micros) {
    roundTrips[slot] = micros;
  }

  /// In microseconds, a guess if it was not measured.
  int roundTripOr(int slot, int guess) {
    return roundTrips[slot] < 0 ? guess : roundTrips[slot];
  }

  /// Median over active links that are measured; −1: none is.
  int roundTripMedian() {
    var known = new int[activeCount()];
    int count = 0;
    for (long rest = active; rest != 0; rest &= rest - 1) {
      int micros = roundTrips[Long.numberOfTrailingZeros(rest)];
      if (micros >= 0) {
        known[count++] = micros;
      }
    }
    Arrays.sort(known, 0, count);
    return count == 0 ? -1 : known[count / 2];
  }
}
