package io.sennit.machine;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.Effects;
import io.sennit.overlay.Figures;
import io.sennit.overlay.Overlay;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import io.sennit.sync.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The overlay inside the machine: it is told what becomes of links and runs, and what it wants is
/// carried out.
///
/// There is none before the driver has named contacts, be it none of them: then every run goes to
/// every peer. Nothing that matters rests on it; what it loses is found by the comparisons.
final class Gossip implements Effects {
  /// What the overlay's wishes are carried out on.
  interface Links {
    /// The overlay wants the run that ends at this position given to the peer.
    void spread(int peer, long last, Route route);

    /// From now on the overlay says what is given to the peer, or no longer does.
    void trees(int peer, boolean on);
  }

  /// @param name what the overlay calls the machine
  private record Linked(MachineId machine, MachineId name, boolean dialled) {}

  private final MachineId self;
  private final Outbox out;
  private final Links links;
  private final RandomGenerator random;
  private final RecentRuns recent = new RecentRuns();

  /// Peers that have greeted, by number.
  private final TreeMap<Integer, Linked> greeted = new TreeMap<>();

  /// Contacts that the driver was told to dial and that nothing has become of yet.
  private final Map<MachineId, Contact> dials = new LinkedHashMap<>();

  /// Peers whom the overlay gives what is new.
  private TreeSet<Integer> byTrees = new TreeSet<>();

  private String address = "";
  private Capacity capacity = Capacity.HOME;
  private @Nullable Overlay overlay;
  private boolean trees;
  private boolean behind;

  /// Whether links or views may have changed since the last look.
  private boolean changed;

  Gossip(MachineId self, Outbox out, Links links, RandomGenerator random) {
    this.self = self;
    this.out = out;
    this.links = links;
    this.random = random;
  }

  /// Whether the overlay says what is given to whom; otherwise every run goes to every peer.
  boolean trees() {
    return trees;
  }

  /// These can be linked with.
  void known(List<Contact> contacts, long nowNanos) {
    var others = contacts.stream().filter(contact -> !contact.machine().equals(self)).toList();
    changed = true;
    if (overlay != null) {
      overlay.known(others, nowNanos, this);
      return;
    }
    var me = new Contact(self, address, capacity, Coordinate.UNKNOWN);
    var fresh = new Overlay(me, random.nextLong());
    overlay = fresh;
    fresh.behind(behind);
    fresh.start(others, nowNanos, this);
    greeted.forEach((peer, linked) -> fresh.up(peer, linked.name, linked.dialled, nowNanos, this));
  }

  /// Others are told to dial this machine there.
  void listenAt(String said) {
    address = said;
    if (overlay != null) {
      overlay.listenAt(said);
    }
  }

  /// Others are told that it can carry so much.
  void carry(Capacity said) {
    capacity = said;
    changed = true;
    if (overlay != null) {
      overlay.carry(said);
    }
  }

  void greeted(int peer, MachineId machine, boolean dialled, long nowNanos) {
    boolean twin = greeted.values().stream().anyMatch(other -> other.machine.equals(machine));
    var name = twin ? nameOfTwin(machine, peer) : machine;
    greeted.put(peer, new Linked(machine, name, dialled));
    changed = true;
    var asked = dialled ? dials.remove(machine) : null;
    if (overlay != null) {
      if (twin && asked != null) {
        overlay.unreachable(asked, nowNanos, this);
      }
      overlay.up(peer, name, dialled, nowNanos, this);
    }
  }

  /// A machine that runs twice, because its directory was copied, is two to the overlay. The second
  /// one is never dialled by this name, so nobody else hears of it.
  private static MachineId nameOfTwin(MachineId machine, int peer) {
    return new MachineId(machine.a(), machine.b(), machine.c(), machine.d() + peer);
  }

  /// The link is gone, whether its peer has greeted or not.
  void down(int peer, MachineId machine, boolean dialled, long nowNanos) {
    changed = true;
    boolean known = greeted.remove(peer) != null;
    if (known && overlay != null) {
      overlay.down(peer, nowNanos, this);
    } else if (!known && dialled) {
      var contact = dials.get(machine);
      if (contact != null) {
        unreachable(contact, nowNanos);
      }
    }
  }

  void unreachable(Contact contact, long nowNanos) {
    dials.remove(contact.machine());
    changed = true;
    if (overlay != null) {
      overlay.unreachable(contact, nowNanos, this);
    }
  }

  void received(int peer, OverlayMessage message, long nowNanos) {
    var linked = greeted.get(peer);
    if (overlay != null && linked != null) {
      changed = true;
      boolean twin = !linked.name.equals(linked.machine);
      overlay.received(peer, twin ? ofTwin(message, linked.name) : message, nowNanos, this);
    }
  }

  private static OverlayMessage ofTwin(OverlayMessage message, MachineId name) {
    return switch (message) {
      case OverlayMessage.Join(var self) -> new OverlayMessage.Join(twin(self, name));
      case OverlayMessage.Neighbour(var self, var kind, var urgent) ->
          new OverlayMessage.Neighbour(twin(self, name), kind, urgent);
      case OverlayMessage.Welcome(var self, var kind) ->
          new OverlayMessage.Welcome(twin(self, name), kind);
      default -> message;
    };
  }

  private static Contact twin(Contact self, MachineId name) {
    return new Contact(name, "", self.capacity(), self.coordinate());
  }

  /// A peer gives this run.
  void arriving(int peer, EventId last, Optional<Route> route, long nowNanos) {
    if (overlay != null && greeted.containsKey(peer)) {
      overlay.arriving(peer, name(last), route.orElse(Route.DIRECT), nowNanos);
    }
  }

  /// A run that a peer gave can never join.
  void refused(int peer, EventId last, long nowNanos) {
    if (overlay != null && greeted.containsKey(peer)) {
      overlay.refused(peer, name(last), nowNanos, this);
    }
  }

  /// A run that came from no peer is durable.
  void wrote(EventId last, long position, long sizeBytes, long nowNanos) {
    if (overlay != null) {
      recent.add(name(last), position);
      overlay.wrote(name(last), (int) sizeBytes, nowNanos, this);
    }
  }

  /// A run that came from a peer is durable.
  void admitted(EventId last, long position, long sizeBytes, long nowNanos) {
    if (overlay != null) {
      recent.add(name(last), position);
      overlay.admitted(name(last), (int) sizeBytes, nowNanos, this);
    }
  }

  void timerFired(long nowNanos) {
    if (overlay != null) {
      changed = true;
      overlay.timer(nowNanos, this);
    }
  }

  /// @param nowBehind whether this machine copies in bulk, or takes nothing: then others do not
  ///   count on it
  void settle(boolean nowBehind) {
    if (overlay == null) {
      return;
    }
    if (behind != nowBehind) {
      behind = nowBehind;
      overlay.behind(nowBehind);
    }
    if (changed) {
      changed = false;
      look(overlay);
    }
  }

  /// Tells the links for which it changed whether the overlay says what is given.
  private void look(Overlay now) {
    trees = !now.mesh();
    var fresh = new TreeSet<Integer>();
    if (trees) {
      for (int peer : now.peers()) {
        fresh.add(peer);
      }
    }
    if (!fresh.equals(byTrees)) {
      var before = byTrees;
      byTrees = fresh;
      before.stream().filter(peer -> !fresh.contains(peer)).forEach(p -> links.trees(p, false));
      fresh.stream().filter(peer -> !before.contains(peer)).forEach(p -> links.trees(p, true));
    }
  }

  Optional<Figures> figures() {
    return Optional.ofNullable(overlay).map(Overlay::figures);
  }

  List<Contact> book() {
    return overlay == null ? List.of() : overlay.book();
  }

  /// What the overlay calls a run.
  private static long name(EventId last) {
    return last.a();
  }

  @Override
  public void send(int peer, OverlayMessage message) {
    out.send(peer, new Message.Overlay(message));
  }

  @Override
  public void dial(Contact contact) {
    dials.put(contact.machine(), contact);
    out.say(new Output.Dial(contact));
  }

  @Override
  public void hangUp(int peer, String why) {
    greeted.remove(peer);
    out.say(new Output.LetGo(peer, why));
  }

  /// What is not remembered here any more, the peer finds by a comparison.
  @Override
  public void give(int peer, long run, Route route) {
    long last = recent.position(run);
    if (last != 0) {
      links.spread(peer, last, route);
    }
  }

  @Override
  public void timer(long delayNanos) {
    out.say(new Output.SetTimer(new Timer.Overlay(), delayNanos));
  }
}
