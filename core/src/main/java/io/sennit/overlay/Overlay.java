package io.sennit.overlay;

import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.List;

/// One machine's place among all: whom it is linked with, and what it passes on to whom. The front
/// door of this package.
///
/// A run is named by the first word of the uuid of its last event. Peers are named by numbers that
/// the driver gives to links and never uses again. `nowNanos` comes from a clock that never goes
/// back; only differences count.
public final class Overlay {
  private static final long NANOS = 1_000_000;

  private final Chance chance;
  private final Links links;
  private final Membership membership;
  private final Vicinity vicinity;
  private final Trees trees;
  private final Spread spread;
  private boolean armed;
  private int armedAt;
  private long nowNanos;

  /// What follows when a link begins or ends to count.
  private final class Consequences implements Membership.Changes {
    @Override
    public long inUse() {
      return trees.links();
    }

    @Override
    public void gained(int slot, int now, Effects out) {
      vicinity.gained(slot, now, nowNanos, out);
      trees.gained(slot, now, out);
      if (!mesh()) {
        spread.gained(slot, now, out);
      }
    }

    @Override
    public void lost(int slot, int now, Effects out) {
      boolean parent = trees.isParent(slot);
      vicinity.lost(slot, now);
      trees.lost(slot, now, out);
      spread.lost(slot, parent, now, out);
    }
  }

  /// An overlay without links.
  ///
  /// @param self what others are told of this machine; its coordinate is where to begin
  /// @param seed of all its choices
  public Overlay(Contact self, long seed) {
    chance = new Chance(seed);
    links = new Links(self.capacity());
    membership = new Membership(self, links, chance, new Consequences());
    var census = new Census(self.machine());
    vicinity = new Vicinity(links, membership, census, chance);
    trees = new Trees(links, membership, census);
    spread = new Spread(links, trees, chance);
  }

  /// Begins, with machines from the address book, a ticket, or settings.
  public void start(List<Contact> known, long nowNanos, Effects out) {
    int now = at(nowNanos);
    vicinity.start(now);
    trees.start(now);
    membership.start(known, now, out);
    arm(now, out);
  }

  /// After [#start]: machines from elsewhere that can be linked with, too.
  public void known(List<Contact> more, long nowNanos, Effects out) {
    int now = at(nowNanos);
    membership.known(more, now, out);
    arm(now, out);
  }

  /// From now on others are told to dial this machine there; empty: it can only dial out.
  public void listenAt(String address) {
    var self = membership.self();
    membership.renew(new Contact(self.machine(), address, self.capacity(), self.coordinate()));
  }

  /// From now on this machine carries so much for others. Links it has too many of stay.
  public void carry(Capacity capacity) {
    var self = membership.self();
    membership.renew(new Contact(self.machine(), self.address(), capacity, self.coordinate()));
  }

  /// There is a link.
  ///
  /// @param peer the link's number, never used before
  /// @param machine who is at the other end, proven
  /// @param dialled whether it began here: because of [Effects#dial], or because somebody told the
  ///   driver to
  public void up(int peer, MachineId machine, boolean dialled, long nowNanos, Effects out) {
    int now = at(nowNanos);
    membership.up(peer, machine, dialled, now, out);
    arm(now, out);
  }

  /// A link ended.
  public void down(int peer, long nowNanos, Effects out) {
    int slot = links.find(peer);
    if (slot >= 0) {
      int now = at(nowNanos);
      boolean counted = links.isActive(slot);
      if (counted) {
        trees.broke(now);
      }
      membership.down(slot, now, out);
      if (counted) {
        vicinity.askAll(now, nowNanos, out);
      }
      arm(now, out);
    }
  }

  /// No link came of [Effects#dial].
  public void unreachable(Contact contact, long nowNanos, Effects out) {
    int now = at(nowNanos);
    membership.unreachable(contact, now, out);
    arm(now, out);
  }

  /// A peer said something.
  public void received(int peer, OverlayMessage message, long nowNanos, Effects out) {
    int slot = links.find(peer);
    if (slot < 0) {
      return;
    }
    int now = at(nowNanos);
    links.heard(slot, now);
    if (links.isActive(slot)) {
      receivedFromNeighbour(slot, message, now, nowNanos, out);
    } else {
      receivedFromStranger(slot, message, now, out);
    }
    if (armed && !message.isMembership()) {
      arm(othersWait(now), now, out); // most messages, and they change nothing else
    } else {
      arm(now, out);
    }
  }

  /// A payload came; to be called before it is checked.
  ///
  /// @return false: it is here or being checked already, and need not be looked at
  public boolean arriving(int peer, long run, Route route, long nowNanos) {
    return spread.arriving(links.find(peer), run, route, at(nowNanos));
  }

  /// What was arriving is no good: it is forgotten, and asked for elsewhere if somebody else has
  /// named it.
  public void refused(int peer, long run, long nowNanos, Effects out) {
    int now = at(nowNanos);
    spread.refused(links.find(peer), run, now, out);
    arm(now, out);
  }

  /// A run of this machine is durable: it is spread.
  public void wrote(long run, int sizeBytes, long nowNanos, Effects out) {
    int now = at(nowNanos);
    spread.wrote(run, sizeBytes, mesh(), now, out);
    arm(now, out);
  }

  /// A run of another machine is here, checked and durable: it is passed on by the route it came
  /// with. One that came without a route (found by reconciliation) is announced; not to be called
  /// for what was copied in bulk.
  public void admitted(long run, int sizeBytes, long nowNanos, Effects out) {
    int now = at(nowNanos);
    spread.admitted(run, sizeBytes, mesh(), now, out);
    arm(now, out);
  }

  /// The timer ran out.
  public void timer(long nowNanos, Effects out) {
    int now = at(nowNanos);
    armed = false;
    membership.due(now, out);
    vicinity.due(now, nowNanos, out);
    trees.due(now, out);
    spread.due(now, out);
    arm(now, out);
  }

  /// Says whether this machine is far behind what others have: then it carries nobody in the trees,
  /// if others can. At first it is not.
  public void behind(boolean behind) {
    trees.behind(behind);
  }

  /// Everybody we know of is linked with us, and we are few. Runs are then given to all peers by
  /// whoever calls: [#wrote] and [#admitted] pass nothing on.
  public boolean mesh() {
    return membership.mesh();
  }

  /// Reads a little of what most calls need, and changes nothing: whoever drives many overlays
  /// calls it of several, then calls them, so as to wait for the memory once.
  ///
  /// @return a number without meaning that depends on what was read
  public int touch() {
    return links.touch() + (mesh() ? 1 : 0);
  }

  /// Numbers of the links that both sides count on, in no particular but always the same order.
  public int[] peers() {
    var peers = new int[links.activeCount()];
    int count = 0;
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      peers[count++] = links.peer(Long.numberOfTrailingZeros(rest));
    }
    return peers;
  }

  /// What to show.
  public Figures figures() {
    var seen = new ArrayList<Figures.Tree>(Trees.COUNT);
    for (int t = 0; t < Trees.COUNT; t++) {
      var tree = trees.tree(t);
      seen.add(
          new Figures.Tree(
              tree.term,
              tree.rank,
              tree.sequence,
              tree.label,
              tree.parent == Tree.NONE ? -1 : links.peer(tree.parent),
              tree.reign != null,
              Long.bitCount(tree.children)));
    }
    return new Figures(
        membership.self().capacity(),
        links.activeCount(),
        membership.passive().size(),
        trees.machines(at(nowNanos)),
        links.roundTripMedian(),
        List.copyOf(seen),
        spread.remembered(),
        spread.given,
        spread.payloads,
        spread.duplicates,
        spread.pulled,
        spread.announced,
        spread.heard);
  }

  /// What to keep across a restart: machines that can be dialled, the linked ones first.
  public List<Contact> book() {
    return membership.book();
  }

  /// Is the link with this peer a random one?
  boolean isRandom(int peer) {
    int slot = links.find(peer);
    return slot >= 0 && (links.random() & 1L << slot) != 0;
  }

  /// Where this machine stands.
  Coordinate here() {
    return vicinity.coordinate();
  }

  /// What a link's other end says before both count on it.
  private void receivedFromStranger(int slot, OverlayMessage message, int now, Effects out) {
    switch (message) {
      case OverlayMessage.Join(var self) -> membership.join(slot, self, now, out);
      case OverlayMessage.Neighbour asked -> membership.neighbour(slot, asked, now, out);
      case OverlayMessage.Welcome welcome -> membership.welcome(slot, welcome, now, out);
      case OverlayMessage.Decline(var contacts) -> membership.declined(slot, contacts, now, out);
      case OverlayMessage.Ping ping -> vicinity.pinged(slot, ping, now, out);
      case OverlayMessage.Walk _,
          OverlayMessage.Leave _,
          OverlayMessage.Shuffle _,
          OverlayMessage.Shuffled _,
          OverlayMessage.Pong _,
          OverlayMessage.Beacon _,
          OverlayMessage.Parent _,
          OverlayMessage.Renew _,
          OverlayMessage.Announce _,
          OverlayMessage.Pull _ -> {} // not before we are neighbours
    }
  }

  private void receivedFromNeighbour(
      int slot, OverlayMessage message, int now, long nowNanos, Effects out) {
    switch (message) {
      case OverlayMessage.Walk(var joiner, int steps) -> membership.walk(slot, joiner, steps, out);
      case OverlayMessage.Leave(var contacts) -> membership.left(slot, contacts, now, out);
      case OverlayMessage.Shuffle shuffle -> membership.shuffle(slot, shuffle, out);
      case OverlayMessage.Shuffled(var contacts) -> membership.shuffled(contacts, now, out);
      case OverlayMessage.Ping ping -> vicinity.pinged(slot, ping, now, out);
      case OverlayMessage.Pong pong -> {
        vicinity.answered(slot, pong, nowNanos);
        trees.measured(slot, now, out);
      }
      case OverlayMessage.Beacon beacon -> trees.beacon(slot, beacon, now, out);
      case OverlayMessage.Parent parent -> trees.parent(slot, parent, out);
      case OverlayMessage.Renew renew -> trees.renew(slot, renew, now, out);
      case OverlayMessage.Announce announce -> spread.announced(slot, announce, now, out);
      case OverlayMessage.Pull pull -> spread.asked(slot, pull, out);
      case OverlayMessage.Join _,
          OverlayMessage.Neighbour _,
          OverlayMessage.Welcome _,
          OverlayMessage.Decline _ -> {} // we are neighbours already
    }
  }

  private int at(long nowNanos) {
    this.nowNanos = nowNanos;
    return (int) Math.floorDiv(nowNanos, NANOS);
  }

  /// Sets the timer if something is wanted before it runs out.
  private void arm(int now, Effects out) {
    arm(Math.min(membership.wait(now), othersWait(now)), now, out);
  }

  /// Milliseconds until anything but the membership wants the timer.
  private int othersWait(int now) {
    return Math.min(vicinity.wait(now), Math.min(trees.wait(now), spread.wait(now)));
  }

  private void arm(int wait, int now, Effects out) {
    if (!armed || armedAt - (now + wait) > 0) {
      armed = true;
      armedAt = now + wait;
      out.timer(Math.max(1, wait) * NANOS);
    }
  }
}
