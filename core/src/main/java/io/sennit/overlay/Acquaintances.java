package io.sennit.overlay;

import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.List;

/// Whom this machine knows: itself, those it could link with, and whom it falls back on when it is
/// alone. Machines hear of each other by exchanging samples, now and then.
final class Acquaintances {
  /// One sample is sent for a walk so often, half more or less.
  static final int SHUFFLE_MILLIS = 60_000;

  /// The first after this time, the next after twice as long: a newcomer knows a handful of
  /// machines, and may be left alone when they are gone at once.
  static final int SHUFFLE_MILLIS_FIRST = 1_000;

  /// Such a sample goes no further: any machine knows more than a newcomer.
  private static final int SHUFFLE_STEPS_FIRST = 1;

  /// Who knows fewer asks every random neighbour for a sample, as soon as they are linked.
  static final int ASK_BELOW = 64;

  /// Of a sample, so many are linked with us, and so many could be.
  private static final int SAMPLE_ACTIVE = 3;

  static final int SAMPLE_PASSIVE = 4;

  private final Links links;
  private final Chance chance;
  private final Passive passive = new Passive();
  private Contact self;
  private List<Contact> kept = List.of();
  private int shuffleAt;
  private int shuffleMillis = SHUFFLE_MILLIS_FIRST;

  Acquaintances(Contact self, Links links, Chance chance) {
    this.self = self;
    this.links = links;
    this.chance = chance;
  }

  Contact self() {
    return self;
  }

  void renew(Contact self) {
    this.self = self;
  }

  Passive passive() {
    return passive;
  }

  /// For the isolated: what was known at first, then what was known when the last link was lost.
  List<Contact> kept() {
    return kept;
  }

  /// All that can be dialled, the linked ones first.
  List<Contact> book() {
    var all = new ArrayList<Contact>();
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      var contact = links.contact(Long.numberOfTrailingZeros(rest));
      if (contact.dialable()) {
        all.add(contact);
      }
    }
    for (int i = 0; i < passive.size(); i++) {
      all.add(passive.get(i));
    }
    return all;
  }

  void start(List<Contact> told, int now) {
    kept = List.copyOf(told);
    shuffleLater(now);
    learn(told);
  }

  /// More machines that can be dialled: now, and when this one is isolated.
  void more(List<Contact> more) {
    var all = new ArrayList<>(more);
    for (int i = 0; i < kept.size() && all.size() < 2 * Passive.SIZE_MAX; i++) {
      var machine = kept.get(i).machine();
      if (more.stream().noneMatch(contact -> contact.machine().equals(machine))) {
        all.add(kept.get(i));
      }
    }
    kept = List.copyOf(all);
    learn(more);
  }

  /// The last link is lost: whoever is known is worth a try, and samples are exchanged again as by
  /// a newcomer.
  void isolated(int now) {
    var all = new ArrayList<>(book());
    for (int i = 0; i < kept.size() && all.size() < 2 * Passive.SIZE_MAX; i++) {
      if (passive.find(kept.get(i).machine()) < 0) {
        all.add(kept.get(i));
      }
    }
    kept = List.copyOf(all);
    shuffleMillis = SHUFFLE_MILLIS_FIRST;
    shuffleLater(now);
  }

  /// Remembers who can be dialled and is not linked.
  void learn(List<Contact> contacts) {
    for (var contact : contacts) {
      learn(contact, false);
    }
  }

  /// Remembers it, if it can be dialled and is not linked.
  ///
  /// @param certain the machine itself said so
  void learn(Contact contact, boolean certain) {
    if (contact.dialable()
        && !contact.machine().equals(self.machine())
        && !isLinked(contact.machine())) {
      passive.add(contact, certain, chance);
    }
  }

  private boolean isLinked(MachineId machine) {
    int slot = links.find(machine);
    return slot >= 0 && links.isActive(slot);
  }

  /// Near neighbours that can be dialled, a few.
  List<Contact> near() {
    return linked(links.active() & ~links.random(), SAMPLE_PASSIVE);
  }

  /// Up to `count` machines at random, at least `least` of them linked ones where there are so
  /// many.
  List<Contact> sample(int least, int count) {
    int linked = Math.max(least, count - passive.size());
    var contacts = linked(links.active(), Math.min(linked, count));
    passive.sample(count - contacts.size(), contacts, chance);
    return contacts;
  }

  /// Up to so many at the other ends of these links that can be dialled, at random.
  private List<Contact> linked(long slots, int count) {
    var contacts = new ArrayList<Contact>(SAMPLE_ACTIVE + SAMPLE_PASSIVE);
    long rest = slots;
    while (rest != 0 && contacts.size() < count) {
      int slot = chance.bit(rest);
      rest &= ~(1L << slot);
      if (links.contact(slot).dialable()) {
        contacts.add(links.contact(slot));
      }
    }
    return contacts;
  }

  // --- samples are exchanged ---

  /// Another one's sample: passed on, or answered and learnt.
  void shuffle(int slot, OverlayMessage.Shuffle message, Effects out) {
    int next = message.steps() > 0 ? chance.bit(links.active() & ~(1L << slot)) : -1;
    if (next >= 0 && !links.machine(next).equals(message.origin().machine())) {
      out.send(
          links.peer(next),
          new OverlayMessage.Shuffle(message.origin(), message.steps() - 1, message.contacts()));
      return;
    }
    out.send(
        links.peer(slot), new OverlayMessage.Shuffled(sample(0, message.contacts().size() + 1)));
    learn(message.origin(), true);
    learn(message.contacts());
  }

  /// Sends a sample, if it is time.
  ///
  /// @return whether it did, and not as a newcomer
  boolean due(int now, Effects out) {
    if (now - shuffleAt < 0) {
      return false;
    }
    boolean young = shuffleMillis < SHUFFLE_MILLIS;
    send(young ? SHUFFLE_STEPS_FIRST : OverlayMessage.STEPS_MAX, out);
    shuffleMillis = Math.min(SHUFFLE_MILLIS, 2 * shuffleMillis);
    shuffleLater(now);
    return !young;
  }

  private void shuffleLater(int now) {
    shuffleAt = now + chance.between(shuffleMillis / 2, shuffleMillis * 3 / 2);
  }

  private void send(int steps, Effects out) {
    int slot = chance.bit(links.active());
    if (slot >= 0) {
      send(slot, steps, out);
    }
  }

  private void send(int slot, int steps, Effects out) {
    var contacts = sample(SAMPLE_ACTIVE, SAMPLE_ACTIVE + SAMPLE_PASSIVE);
    out.send(links.peer(slot), new OverlayMessage.Shuffle(self, steps, contacts));
  }

  /// Asks a new neighbour for others, if few are known: else all that a newcomer knows might be
  /// gone at once.
  void askForMore(int slot, Effects out) {
    if (passive.size() < ASK_BELOW) {
      send(slot, 0, out);
    }
  }

  /// Milliseconds until [#due] is wanted.
  int wait(int now) {
    return Math.max(0, shuffleAt - now);
  }
}
