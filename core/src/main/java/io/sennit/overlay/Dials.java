package io.sennit.overlay;

import io.sennit.event.MachineId;
import org.jspecify.annotations.Nullable;

/// The few machines that are being dialled, and what for.
final class Dials {
  /// No more at once.
  static final int COUNT_MAX = 4;

  /// What a link is dialled for.
  enum Purpose {
    /// To enter.
    JOIN,
    /// To have another random neighbour.
    RANDOM,
    /// To have another near neighbour.
    NEAR,
    /// To have a new random neighbour instead of the oldest.
    FRESHER,
    /// To have a nearer neighbour instead of the furthest.
    NEARER
  }

  private final @Nullable Contact[] contacts = new Contact[COUNT_MAX];
  private final Purpose[] purposes = new Purpose[COUNT_MAX];
  private int count;

  int count() {
    return count;
  }

  boolean full() {
    return count == COUNT_MAX;
  }

  boolean has(MachineId machine) {
    return find(machine) >= 0;
  }

  /// How many are dialled to have more neighbours, not others.
  int more() {
    int more = 0;
    for (int i = 0; i < COUNT_MAX; i++) {
      if (contacts[i] != null && purposes[i].compareTo(Purpose.NEAR) <= 0) {
        more++;
      }
    }
    return more;
  }

  void add(Contact contact, Purpose purpose) {
    for (int i = 0; i < COUNT_MAX; i++) {
      if (contacts[i] == null) {
        contacts[i] = contact;
        purposes[i] = purpose;
        count++;
        return;
      }
    }
    throw new IllegalStateException("more than " + COUNT_MAX + " dials");
  }

  /// It was answered. What it was for; null: nobody here dialled.
  @Nullable Purpose remove(MachineId machine) {
    int place = find(machine);
    if (place < 0) {
      return null;
    }
    contacts[place] = null;
    count--;
    return purposes[place];
  }

  private int find(MachineId machine) {
    for (int i = 0; i < COUNT_MAX; i++) {
      var contact = contacts[i];
      if (contact != null && contact.machine().equals(machine)) {
        return i;
      }
    }
    return -1;
  }
}
