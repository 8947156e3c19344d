package io.sennit.overlay;

import io.sennit.event.MachineId;
import io.sennit.overlay.Dials.Purpose;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is linked with us, and who could be (HyParView; Leitão, Pereira, Rodrigues, DSN 2007).
///
/// A joiner is taken in by whom it dials, and by those at the ends of a few random walks. Who is
/// full then gives up somebody else and tells it who has room now: the joiner. So a link is split
/// in two, and everybody keeps as many as before.
final class Membership {
  /// Up to so many others, everybody is linked with everybody.
  static final int FEW = 8;

  /// Walks that are started for a joiner. With the contact's own, each brings up to two links.
  static final int WALKS = 4;

  /// With so many steps left, who passes a walk on remembers the joiner.
  static final int REMEMBER_STEPS = 3;

  /// Of so many shuffles, one brings a fresh random neighbour: so parts that were separated for
  /// long meet again.
  static final int FRESH_SHUFFLES = 8;

  /// For how long a link may have no purpose.
  static final int SETTLE_MILLIS = 10_000;

  /// Links of one machine that are younger than this were dialled from both ends at once; with an
  /// older one, the peer knows nothing any more.
  static final int TWICE_MILLIS = 10_000;

  /// For a newcomer, somebody else is given up at most so often.
  static final int DISPLACE_MILLIS = 250;

  /// With fewer links, somebody must take us in.
  static final int URGENT_BELOW = 2;

  /// How long to wait after having been declined: each time twice as long.
  static final int PAUSE_MILLIS_MIN = 500;

  static final int PAUSE_MILLIS_MAX = 60_000;

  /// The same, while more than one link is lacking.
  static final int PAUSE_MILLIS_POOR = 4_000;

  /// A near link is exchanged for one that is shorter by a fifth.
  static final float NEARER = 1.2f;

  /// Is told what becomes of links, and says which are in use.
  interface Changes {
    /// Slots of the links that carry a tree: given up, they would be missed.
    long inUse();

    void gained(int slot, int now, Effects out);

    /// The slot is still filled, but no longer active.
    void lost(int slot, int now, Effects out);
  }

  private final Links links;
  private final Chance chance;
  private final Changes changes;
  private final Acquaintances known;
  private final Passive passive;
  private final Dials dials = new Dials();
  private boolean joined;
  private int fillAt;
  private int pause;
  private int settleAt;
  private boolean unsettled;
  private int displacedAt;

  Membership(Contact self, Links links, Chance chance, Changes changes) {
    this.links = links;
    this.chance = chance;
    known = new Acquaintances(self, links, chance);
    passive = known.passive();
    this.changes = changes;
  }

  Contact self() {
    return known.self();
  }

  void renew(Contact self) {
    known.renew(self);
  }

  Passive passive() {
    return passive;
  }

  /// Everybody known is linked, and they are few.
  boolean mesh() {
    return passive.size() == 0 && links.activeCount() <= FEW;
  }

  List<Contact> book() {
    return known.book();
  }

  void start(List<Contact> told, int now, Effects out) {
    displacedAt = now - DISPLACE_MILLIS;
    known.start(told, now);
    fillAt = now;
    fill(now, out);
  }

  /// More machines that can be dialled: at once, and when this one is isolated.
  void known(List<Contact> more, int now, Effects out) {
    known.more(more);
    fillAt = now;
    fill(now, out);
  }

  // --- links ---

  void up(int peer, MachineId machine, boolean dialled, int now, Effects out) {
    var purpose = dialled ? dials.remove(machine) : null;
    if (machine.equals(self().machine())) {
      out.hangUp(peer, "this is myself");
      passive.remove(machine);
      return;
    }
    int other = links.find(machine);
    if (other >= 0) {
      if (!replaces(machine, dialled, other, now)) {
        out.hangUp(peer, "linked already");
        return;
      }
      out.hangUp(links.peer(other), "linked anew");
      remove(other, now, out);
    }
    int slot = links.add(peer, machine, dialled, now);
    if (slot < 0) {
      out.hangUp(peer, "too many links");
      return;
    }
    settleLater(now);
    if (dialled) {
      ask(slot, purpose == null ? Purpose.RANDOM : purpose, out);
    }
  }

  /// Both ends must come to the same answer: when both dialled at once, the link stays that was
  /// dialled by the machine with the lesser key.
  private boolean replaces(MachineId machine, boolean dialled, int other, int now) {
    if (now - links.since(other) > TWICE_MILLIS || dialled == links.dialled(other)) {
      return true;
    }
    return dialled == (self().machine().compareTo(machine) < 0);
  }

  private void ask(int slot, Purpose purpose, Effects out) {
    links.asked(slot);
    if (purpose.compareTo(Purpose.NEAR) > 0) {
      links.searched(slot);
    }
    if (!joined && links.activeCount() == 0) {
      out.send(links.peer(slot), new OverlayMessage.Join(self()));
      return;
    }
    boolean near = purpose == Purpose.NEAR || purpose == Purpose.NEARER;
    out.send(
        links.peer(slot),
        new OverlayMessage.Neighbour(
            self(), near ? Kind.NEAR : Kind.RANDOM, links.soundCount() < URGENT_BELOW));
  }

  void down(int slot, int now, Effects out) {
    if (links.isActive(slot) && links.contact(slot).dialable()) {
      passive.add(links.contact(slot), false, chance);
    }
    remove(slot, now, out);
    fill(now, out);
  }

  /// Ends it from here, without a word.
  void drop(int slot, String why, int now, Effects out) {
    out.hangUp(links.peer(slot), why);
    down(slot, now, out);
  }

  private void remove(int slot, int now, Effects out) {
    boolean active = links.isActive(slot);
    if (active) {
      links.deactivate(slot);
      changes.lost(slot, now, out);
    }
    links.remove(slot);
    if (active) {
      hurry(now);
    }
  }

  /// Some neighbours do not answer any more: others are looked for, in case they are gone.
  void doubted(int now, Effects out) {
    hurry(now);
    fill(now, out);
  }

  /// With one link less, no pause is longer than such a one would be now.
  private void hurry(int now) {
    int sound = links.soundCount();
    if (sound == 0) {
      known.isolated(now);
      fillAt = now;
      pause = 0;
    } else if (sound < URGENT_BELOW) {
      pause = 0; // whoever declined did not know that it is urgent
      fillAt = now;
    } else if (fillAt - now > pauseMax()) {
      pause = pauseMax();
      fillAt = now + chance.between(pause / 2, pause);
    }
  }

  void unreachable(Contact contact, int now, Effects out) {
    dials.remove(contact.machine());
    passive.remove(contact.machine());
    fill(now, out);
  }

  // --- looking for neighbours ---

  /// Dials while there are too few links.
  void fill(int now, Effects out) {
    if (now - fillAt < 0 || !hungry()) {
      return;
    }
    if (passive.size() == 0 && links.soundCount() == 0 && dials.count() == 0) {
      known.learn(known.kept()); // all were tried in vain: some time later, again
      pauseLonger(now);
      return;
    }
    while (hungry() && !dials.full()) {
      var purpose = purpose();
      var contact = candidate(purpose == Purpose.NEAR);
      if (contact == null) {
        fillAt = now + Math.max(pause, 2 * PAUSE_MILLIS_MIN);
        return;
      }
      dial(contact, purpose, out);
    }
  }

  private void pauseLonger(int now) {
    pause = Math.clamp(2L * pause, PAUSE_MILLIS_MIN, pauseMax());
    fillAt = now + chance.between(pause / 2, pause);
  }

  private int pauseMax() {
    int sound = links.soundCount();
    boolean poor = sound > 0 && sound < self().capacity().wanted() - 1;
    return poor ? PAUSE_MILLIS_POOR : PAUSE_MILLIS_MAX;
  }

  /// Are there too few links, with those that are on their way?
  private boolean hungry() {
    int active = links.soundCount();
    if (passive.size() == 0 && (active > 0 || known.kept().isEmpty())) {
      return false; // there is nobody
    }
    int open = dials.more();
    for (int slot = 0; slot < links.end(); slot++) {
      if (links.state(slot) == Links.ASKED && !links.wasSearched(slot)) {
        open++;
      }
    }
    if (!joined) {
      return active + open == 0;
    }
    boolean few = passive.size() + active <= FEW;
    int wanted = few ? self().capacity().most() : self().capacity().wanted();
    return active + open < wanted || (open == 0 && lacksRandom());
  }

  private boolean lacksRandom() {
    return Long.bitCount(links.random()) < self().capacity().random()
        && links.activeCount() < self().capacity().most();
  }

  private Purpose purpose() {
    if (!joined) {
      return Purpose.JOIN;
    }
    boolean random =
        Long.bitCount(links.random()) < self().capacity().random()
            || passive.size() <= FEW
            || (chance.next() & 1) == 0;
    return random ? Purpose.RANDOM : Purpose.NEAR;
  }

  /// Somebody who is neither linked nor being dialled; of a few at random, the nearest if asked
  /// for.
  private @Nullable Contact candidate(boolean near) {
    int size = passive.size();
    if (size == 0) {
      return null;
    }
    Contact best = null;
    float bestMillis = Float.POSITIVE_INFINITY;
    int first = chance.below(size);
    for (int i = 0, left = near ? Acquaintances.SAMPLE_PASSIVE : 1; i < size && left > 0; i++) {
      var contact = passive.get((first + i) % size);
      if (isFree(contact)) {
        float millis = self().coordinate().predictedMillis(contact.coordinate());
        if (best == null || millis < bestMillis) {
          best = contact;
          bestMillis = millis;
        }
        left--;
      }
    }
    return best;
  }

  private boolean isFree(Contact contact) {
    return !dials.has(contact.machine()) && links.find(contact.machine()) < 0;
  }

  /// Dials, unless that is under way or too much.
  boolean dial(Contact contact, Purpose purpose, Effects out) {
    if (dials.full() || !isFree(contact)) {
      return false;
    }
    dials.add(contact, purpose);
    out.dial(contact);
    return true;
  }

  /// The active link that would be given up for a nearer one: if there are more random ones than
  /// are wanted, one of them, whichever; else the longest near one. −1: none. Were the longest of
  /// the random ones given up, machines far from all others could not keep any.
  int replaceable(int now) {
    long random = settled(links.random(), now);
    if (Long.bitCount(links.random()) > self().capacity().random() && random != 0) {
      return chance.bit(idle(random));
    }
    int furthest = -1;
    for (long rest = idle(settled(links.active() & ~links.random(), now)); rest != 0; ) {
      int slot = Long.numberOfTrailingZeros(rest);
      rest &= rest - 1;
      if (furthest < 0 || links.roundTrip(slot) > links.roundTrip(furthest)) {
        furthest = slot;
      }
    }
    return furthest;
  }

  /// Those of them that carry no tree; all, if there is no such one.
  private long idle(long slots) {
    long idle = slots & ~changes.inUse();
    return idle == 0 ? slots : idle;
  }

  /// Those that have been measured and are not quite new.
  private long settled(long slots, int now) {
    long settled = 0;
    for (long rest = slots; rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (links.roundTrip(slot) >= 0 && now - links.since(slot) > SETTLE_MILLIS / 2) {
        settled |= 1L << slot;
      }
    }
    return settled;
  }

  // --- what peers say ---

  void join(int slot, Contact joiner, int now, Effects out) {
    if (!canDecide(slot, joiner, now, out)) {
      return;
    }
    if (full() && now - displacedAt < DISPLACE_MILLIS) {
      decline(slot, Kind.RANDOM, now, out);
      return;
    }
    accept(slot, joiner, Kind.RANDOM, now, out);
    if (joiner.dialable()) {
      long others = links.active() & ~(1L << slot);
      for (int walk = 0; walk < WALKS && others != 0; walk++) {
        int next = chance.bit(others);
        others &= ~(1L << next);
        out.send(links.peer(next), new OverlayMessage.Walk(joiner, OverlayMessage.STEPS_MAX));
      }
    }
    giveUpOne(slot, joiner, now, out);
  }

  void neighbour(int slot, OverlayMessage.Neighbour message, int now, Effects out) {
    var asker = message.self();
    if (!canDecide(slot, asker, now, out)) {
      return;
    }
    if (!full()) {
      accept(slot, asker, message.kind(), now, out);
    } else if (message.urgent() && now - displacedAt >= DISPLACE_MILLIS) {
      accept(slot, asker, message.kind(), now, out);
      giveUpOne(slot, asker, now, out);
    } else {
      int old = message.kind() == Kind.NEAR ? replaceable(now) : -1;
      float millis = self().coordinate().predictedMillis(asker.coordinate());
      if (old >= 0 && millis * NEARER * 1_000 < links.roundTrip(old)) {
        accept(slot, asker, Kind.NEAR, now, out);
        out.send(links.peer(slot), new OverlayMessage.Shuffled(known.near()));
        leave(old, null, now, out);
      } else {
        decline(slot, message.kind(), now, out);
      }
    }
  }

  void welcome(int slot, OverlayMessage.Welcome message, int now, Effects out) {
    if (links.state(slot) != Links.ASKED || !isOwn(slot, message.self(), now, out)) {
      return;
    }
    activate(slot, message.self(), message.kind(), now, out);
    if (links.activeCount() > self().capacity().most()) {
      giveUpOne(slot, message.self(), now, out);
    } else if (links.wasSearched(slot) && links.activeCount() > self().capacity().wanted()) {
      int old = message.kind() == Kind.NEAR ? replaceable(now) : oldestRandom(slot);
      if (old >= 0) {
        leave(old, null, now, out);
      }
    }
    fill(now, out);
  }

  void declined(int slot, List<Contact> contacts, int now, Effects out) {
    if (links.state(slot) != Links.ASKED) {
      return;
    }
    out.hangUp(links.peer(slot), "declined");
    boolean wasSearched = links.wasSearched(slot);
    remove(slot, now, out);
    known.learn(contacts);
    if (links.soundCount() > 0 && !wasSearched) {
      pauseLonger(now);
    }
    fill(now, out);
  }

  void left(int slot, List<Contact> contacts, int now, Effects out) {
    out.hangUp(links.peer(slot), "you left");
    if (links.contact(slot).dialable()) {
      passive.add(links.contact(slot), false, chance);
    }
    remove(slot, now, out);
    known.learn(contacts);
    if (!contacts.isEmpty() && !full()) {
      int place = passive.find(contacts.getFirst().machine());
      if (place >= 0) {
        dial(passive.get(place), Purpose.RANDOM, out);
      }
    }
    fill(now, out);
  }

  void walk(int slot, Contact joiner, int steps, Effects out) {
    if (joiner.machine().equals(self().machine())) {
      return;
    }
    if (steps <= REMEMBER_STEPS) {
      known.learn(joiner, false);
    }
    int next = steps > 0 ? chance.bit(links.active() & ~(1L << slot)) : -1;
    if (next >= 0 && !links.machine(next).equals(joiner.machine())) {
      out.send(links.peer(next), new OverlayMessage.Walk(joiner, steps - 1));
    } else if (joiner.dialable()) {
      dial(joiner, Purpose.RANDOM, out);
    }
  }

  void shuffle(int slot, OverlayMessage.Shuffle message, Effects out) {
    known.shuffle(slot, message, out);
  }

  void shuffled(List<Contact> contacts, int now, Effects out) {
    known.learn(contacts);
    fill(now, out);
  }

  // --- deciding about a link ---

  private boolean full() {
    return links.activeCount() >= self().capacity().most();
  }

  private boolean canDecide(int slot, Contact asker, int now, Effects out) {
    return links.state(slot) == Links.OPENED && isOwn(slot, asker, now, out);
  }

  private boolean isOwn(int slot, Contact contact, int now, Effects out) {
    boolean own = contact.machine().equals(links.machine(slot));
    if (!own) {
      drop(slot, "speaks for another machine", now, out);
    }
    return own;
  }

  private void accept(int slot, Contact asker, Kind kind, int now, Effects out) {
    out.send(links.peer(slot), new OverlayMessage.Welcome(self(), kind));
    activate(slot, asker, kind, now, out);
  }

  private void activate(int slot, Contact contact, Kind kind, int now, Effects out) {
    joined = true;
    pause = 0;
    fillAt = now;
    passive.remove(contact.machine());
    links.activate(slot, contact, kind, now);
    changes.gained(slot, now, out);
    if (kind == Kind.RANDOM) {
      known.askForMore(slot, out);
    }
  }

  /// Who looks for somebody near may find it among those near us.
  private void decline(int slot, Kind kind, int now, Effects out) {
    var contacts = kind == Kind.NEAR ? known.near() : known.sample(1, Acquaintances.SAMPLE_PASSIVE);
    out.send(links.peer(slot), new OverlayMessage.Decline(contacts));
    settleLater(now);
  }

  /// Gives up somebody random if there are too many, one who may be gone before all others, and
  /// sends it to the newcomer, who has room.
  private void giveUpOne(int newcomer, Contact contact, int now, Effects out) {
    if (links.activeCount() > self().capacity().most()) {
      displacedAt = now;
      long others = links.active() & ~(1L << newcomer);
      long gone = others & links.doubtful();
      leave(chance.bit(gone != 0 ? gone : idle(others)), contact, now, out);
    }
  }

  private void leave(int slot, @Nullable Contact instead, int now, Effects out) {
    int peer = links.peer(slot);
    var contact = links.contact(slot);
    var contacts = new ArrayList<Contact>();
    if (instead != null && instead.dialable()) {
      contacts.add(instead);
      passive.sample(Acquaintances.SAMPLE_PASSIVE - 1, contacts, chance);
    }
    out.send(peer, new OverlayMessage.Leave(contacts));
    out.hangUp(peer, "left");
    remove(slot, now, out);
    known.learn(contact, true);
  }

  private int oldestRandom(int except) {
    int oldest = -1;
    for (long rest = links.random() & ~(1L << except); rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (oldest < 0 || links.since(slot) - links.since(oldest) < 0) {
        oldest = slot;
      }
    }
    return oldest;
  }

  // --- time ---

  private void settleLater(int now) {
    if (!unsettled) {
      unsettled = true;
      settleAt = now + SETTLE_MILLIS;
    }
  }

  void due(int now, Effects out) {
    if (unsettled && now - settleAt >= 0) {
      settle(now, out);
    }
    if (known.due(now, out) && chance.below(FRESH_SHUFFLES) == 0) {
      freshen(out);
    }
    fill(now, out);
  }

  /// Ends links that have had no purpose for long.
  private void settle(int now, Effects out) {
    unsettled = false;
    for (int slot = 0; slot < links.end(); slot++) {
      if (links.state(slot) == Links.OPENED || links.state(slot) == Links.ASKED) {
        if (now - links.since(slot) >= SETTLE_MILLIS) {
          drop(slot, "no neighbour", now, out);
        } else {
          settleLater(now);
        }
      }
    }
  }

  /// Looks for a new random neighbour, now and then among those that were known long ago.
  private void freshen(Effects out) {
    var kept = known.kept();
    var contact =
        !kept.isEmpty() && chance.below(FRESH_SHUFFLES / 2) == 0
            ? kept.get(chance.below(kept.size()))
            : candidate(false);
    if (contact != null && contact.dialable() && !contact.machine().equals(self().machine())) {
      dial(contact, Purpose.FRESHER, out);
    }
  }

  /// Milliseconds until [#due] is wanted.
  int wait(int now) {
    int wait = known.wait(now);
    if (unsettled) {
      wait = Math.min(wait, Math.max(0, settleAt - now));
    }
    if (hungry() && !dials.full()) {
      wait = Math.min(wait, Math.max(0, fillAt - now));
    }
    return wait;
  }
}
