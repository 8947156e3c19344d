package io.sennit.overlay;

import io.sennit.event.MachineId;
import java.util.Arrays;
import java.util.List;

/// Machines one could link with: can be dialled, are not linked. When it is full, a newcomer takes
/// the place of somebody random, of two rather of one whose coordinate is not known.
final class Passive {
  /// With fewer, four fifths of all machines may not crash at once without stranding some.
  static final int SIZE_MAX = 128;

  /// Nobody is taken to be further away, wherever it says it is.
  private static final float MILLIS_MAX = 1_000;

  private Contact[] contacts = new Contact[4];

  /// A bit of each key, so that looking for one hardly touches the contacts.
  private short[] words = new short[4];

  private int size;

  int size() {
    return size;
  }

  Contact get(int index) {
    return contacts[index];
  }

  int find(MachineId machine) {
    short word = (short) machine.a();
    for (int i = 0; i < size; i++) {
      if (words[i] == word && contacts[i].machine().equals(machine)) {
        return i;
      }
    }
    return -1;
  }

  /// Remembers it. `certain`: the machine itself said so.
  void add(Contact contact, boolean certain, Chance chance) {
    int place = find(contact.machine());
    if (place >= 0) {
      if (certain || contact.coordinate().known()) {
        contacts[place] = contact;
      }
      return;
    }
    if (size < SIZE_MAX) {
      if (size == contacts.length) {
        int length = Math.min(SIZE_MAX, 2 * size);
        contacts = Arrays.copyOf(contacts, length);
        words = Arrays.copyOf(words, length);
      }
      place = size++;
    } else {
      place = chance.below(size);
      int other = chance.below(size);
      if (contacts[place].coordinate().known() && !contacts[other].coordinate().known()) {
        place = other;
      }
    }
    contacts[place] = contact;
    words[place] = (short) contact.machine().a();
  }

  void remove(MachineId machine) {
    int place = find(machine);
    if (place >= 0) {
      size--;
      contacts[place] = contacts[size];
      words[place] = words[size];
      contacts[size] = contacts[0]; // keeps nobody alive who is forgotten
    }
  }

  /// Whether one is, on average, nearer to all of them than most of them are to each other: than
  /// all but one in `part`. False if it is known of fewer than `countMin` where they stand.
  boolean isCentral(Contact one, int part, int countMin) {
    if (size < countMin) {
      return false;
    }
    float way = wayMillis(one);
    int count = 0;
    int nearer = 0;
    for (int i = 0; i < size && nearer * part < size; i++) {
      if (contacts[i].coordinate().known()) {
        count++;
        if (wayMillis(contacts[i]) < way) {
          nearer++;
        }
      }
    }
    return count >= countMin && nearer * part < count;
  }

  /// Round trips from one to all, added up. A public machine counts as half as far: as a root it
  /// has many children, so that fewer hops follow. A leaf should have none.
  private float wayMillis(Contact one) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      var to = contacts[i].coordinate();
      if (to.known()) {
        sum += Math.min(MILLIS_MAX, one.coordinate().predictedMillis(to));
      }
    }
    return switch (one.capacity()) {
      case LEAF -> 4 * sum;
      case HOME -> sum;
      case PUBLIC -> sum / 2;
    };
  }

  /// Appends up to `count` of them, chosen at random.
  void sample(int count, List<Contact> into, Chance chance) {
    int left = Math.min(count, size);
    for (int i = 0; left > 0; i++) {
      if (chance.below(size - i) < left) {
        into.add(contacts[i]);
        left--;
      }
    }
  }
}
