package io.sennit.machine;

import io.sennit.dag.Digests;
import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Rejection;
import io.sennit.machine.Charts.Trigger;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import io.sennit.sync.Comparison;
import io.sennit.sync.Fingerprints;
import io.sennit.sync.Frontier;
import io.sennit.sync.Message;
import io.sennit.sync.Reconciliation;
import io.sennit.sync.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All conversations, and what they share: whom we take from, what peers announced, when to prove
/// again.
final class Conversations implements Receiver.Senders, Gossip.Links {
  /// Between two proofs of equality: half to three halves of this, so that machines do not fall in
  /// step.
  static final long PROVE_NANOS = 4_000_000_000L;

  /// With trees a machine proves equality with one of its peers: after half to three halves of
  /// this.
  static final long PROVE_ONE_NANOS = 15_000_000_000L;

  /// How long the parents of a run that spreads may take on their way along other trees.
  static final long PARENTS_NANOS = 1_000_000_000L;

  /// With no more peers than this, none is waited for because of the others.
  private static final int FEW = 3;

  /// A bulk copy is one that brings more events than this.
  private static final long FAR_BEHIND = 1000;

  private static final int NOBODY = -1;

  private final EventStore store;
  private final Head head;
  private final EventId root;
  private final MachineId self;
  private final Lifecycle lifecycle;
  private final Outbox out;
  private final Fingerprints fingerprints;
  private final RandomGenerator random;
  private final Proofs proofs = new Proofs();
  private final Announcements announcements = new Announcements();
  private final TreeMap<Integer, Conversation> conversations = new TreeMap<>();
  private Predicate<EventId> holds = _ -> false;
  private BooleanSupplier waiting = () -> false;
  private @Nullable Healing healing;
  private @Nullable Gossip gossip;

  /// With trees, when the next proof is due, with whichever peer's turn it is then.
  private long proveOneNanos = Long.MIN_VALUE;

  /// Peers some of whose runs wait for parents that may be on their way.
  private final TreeSet<Integer> awaited = new TreeSet<>();

  /// The peer that gives us what we lack; one at a time, so that nothing is copied twice.
  private int provider = NOBODY;

  private long nowNanos;
  private boolean askIsSet;
  private String listen = "";

  Conversations(
      EventStore store,
      Head head,
      EventId root,
      MachineId self,
      Lifecycle lifecycle,
      Outbox out,
      Fingerprints fingerprints,
      RandomGenerator random) {
    this.fingerprints = fingerprints;
    this.store = store;
    this.head = head;
    this.root = root;
    this.self = self;
    this.lifecycle = lifecycle;
    this.out = out;
    this.random = random;
  }

  /// What is here or about to be: asked before anything is fetched.
  ///
  /// @param runsWait whether something is here that has no place in the head yet
  void holding(Predicate<EventId> predicate, BooleanSupplier runsWait) {
    holds = predicate;
    waiting = runsWait;
  }

  /// Told what peers cannot give, and that somebody new can be asked.
  void healing(Healing toldOf) {
    healing = toldOf;
  }

  /// Peers that have said Hello and belong to this federation.
  List<Integer> greeted() {
    var peers = new ArrayList<Integer>();
    conversations.forEach((peer, conversation) -> {
      if (conversation.greeted()) {
        peers.add(peer);
      }
    });
    return peers;
  }

  /// Tells the overlay of links, and is told what it wants.
  void gossip(Gossip overlay) {
    gossip = overlay;
  }

  private Gossip gossip() {
    return Objects.requireNonNull(gossip, "a machine has one from the beginning");
  }

  void peerGreeted(int peer, MachineId machine, boolean dialled) {
    if (healing != null) {
      healing.peerCame(nowNanos);
    }
    gossip().greeted(peer, machine, dialled, nowNanos);
  }

  /// Whether the overlay says what is given to whom.
  boolean trees() {
    return gossip().trees();
  }

  @Override
  public void trees(int peer, boolean on) {
    var conversation = conversations.get(peer);
    if (conversation != null) {
      conversation.outflow().trees(on);
    }
  }

  @Override
  public void spread(int peer, long last, Route route) {
    var conversation = conversations.get(peer);
    if (conversation != null) {
      conversation.spread(last, route);
    }
  }

  void overlay(int peer, OverlayMessage message) {
    gossip().received(peer, message, nowNanos);
  }

  /// How a run comes that this peer gives now.
  Way way(int peer, boolean byRoute) {
    var conversation = conversations.get(peer);
    return byRoute || conversation == null || !conversation.taking()
        ? Way.SPREAD
        : conversation.cameMany() ? Way.COPIED : Way.FOUND;
  }

  /// The peer holds these and cannot read them.
  void cannotGive(List<EventId> ids) {
    if (healing != null) {
      healing.refused(ids, nowNanos);
    }
  }

  /// The time of the input that is being handled.
  void at(long now) {
    nowNanos = now;
  }

  /// Peers that greet us from now on are told this address.
  void listenAt(String address) {
    listen = address;
  }

  void up(int peer, MachineId machine, boolean dialled) {
    if (!lifecycle.mode().servesPeers()) {
      hangUp(peer, "this machine serves no peers now");
      gossip().down(peer, machine, dialled, nowNanos);
      return;
    }
    var outflow = new Outflow(peer, self, head, store, out);
    conversations.put(peer, new Conversation(peer, machine, dialled, this, outflow, nowNanos));
    if (!receives()) {
      send(peer, new Message.Takes(false, lifecycle.why()));
    }
    proveLater(peer);
  }

  /// The mode changed: peers stop giving, or are asked for what they have by now.
  void tellWhetherWeTake() {
    if (!receives()) {
      announcements.clear();
    }
    for (var conversation : new ArrayList<>(conversations.values())) {
      conversation.tellWhetherWeTake();
    }
  }

  /// Why this machine takes nothing, or empty.
  String why() {
    return lifecycle.why();
  }

  boolean receives() {
    return lifecycle.mode().receives();
  }

  void down(int peer) {
    var conversation = conversations.remove(peer);
    if (conversation != null) {
      conversation.down();
      released(peer);
      awaited.remove(peer);
      gossip().down(peer, conversation.machine(), conversation.dialled(), nowNanos);
    }
  }

  void received(int peer, Message message) {
    var conversation = conversations.get(peer);
    if (conversation != null) {
      conversation.received(message, nowNanos);
    }
  }

  void drained(int peer) {
    var conversation = conversations.get(peer);
    if (conversation != null) {
      conversation.outflow().drained();
    }
  }

  void proveTimer(int peer) {
    var conversation = conversations.get(peer);
    if (conversation != null) {
      conversation.proveTimer(nowNanos);
      proveLater(peer);
    }
  }

  /// The parents of what this peer passed on have come by now, or are missing.
  void parentsTimer(int peer, OptionalLong oldestNanos) {
    awaited.remove(peer);
    var conversation = conversations.get(peer);
    if (conversation != null && oldestNanos.isPresent()) {
      long leftNanos = oldestNanos.getAsLong() + PARENTS_NANOS - nowNanos;
      if (leftNanos > 0) {
        awaitParents(peer, leftNanos);
      } else {
        conversation.orphaned();
      }
    }
  }

  private void awaitParents(int peer, long delayNanos) {
    if (awaited.add(peer)) {
      out.say(new Output.SetTimer(new Timer.Parents(peer), delayNanos));
    }
  }

  /// Whether what a peer holds and we lack may be on its way here by another link.
  boolean othersMayBring() {
    return trees() && greeted().size() > FEW;
  }

  /// Whether a peer is to be asked if we hold the same. With trees, one of all is.
  boolean proofDue() {
    var mode = lifecycle.mode();
    if (!othersMayBring() || mode == Mode.FENCED || mode == Mode.CONVERGED) {
      return true;
    }
    if (nowNanos < proveOneNanos) {
      return false;
    }
    proveOneNanos = nowNanos + PROVE_ONE_NANOS / 2 + random.nextLong(PROVE_ONE_NANOS);
    return true;
  }

  /// Much was copied from a peer: the others most likely lack it, too, and are asked soon.
  void copied(int from) {
    if (trees()) {
      for (var conversation : conversations.values()) {
        if (conversation.peer() != from) {
          conversation.proveSoon(random.nextLong(PARENTS_NANOS));
        }
      }
    }
  }

  /// Asks for what peers announced and nobody gave.
  void askTimer() {
    askIsSet = false;
    announcements
        .due(holds, conversations::containsKey, nowNanos)
        .forEach((peer, ids) -> send(peer, new Message.Want(ids)));
    setAskTimer();
  }

  void announced(int peer, List<EventId> ids) {
    if (receives()) {
      announcements.announced(peer, ids, holds, nowNanos);
      setAskTimer();
    }
  }

  private void setAskTimer() {
    long delayNanos = announcements.nextDelayNanos(nowNanos);
    if (delayNanos >= 0 && !askIsSet) {
      askIsSet = true;
      out.say(new Output.SetTimer(new Timer.Ask(), delayNanos));
    }
  }

  /// Hands out what may flow, and looks whether a fenced world stands still.
  void settle() {
    conversations.values().forEach(Conversation::pump);
    boolean allEqual =
        !conversations.isEmpty() && conversations.values().stream().allMatch(Conversation::proven);
    lifecycle.trigger(allEqual ? Trigger.ALL_EQUAL : Trigger.NOT_EQUAL);
  }

  List<Status.Peer> status() {
    return conversations.values().stream().map(Conversation::status).toList();
  }

  // What a conversation needs of the machine.

  Head head() {
    return head;
  }

  EventStore store() {
    return store;
  }

  EventId root() {
    return root;
  }

  MachineId self() {
    return self;
  }

  String listen() {
    return listen;
  }

  Frontier frontier() {
    var tips = head.durableTips();
    var named = tips.size() <= Frontier.TIPS_MAX ? List.copyOf(tips) : List.<EventId>of();
    return new Frontier(head.durable(), Digests.ofTips(tips), named, tips.size());
  }

  /// Whether the frontier speaks of events that are not here. Tips that are not named may be
  /// anything.
  boolean lacks(Frontier theirs) {
    if (theirs.digest().equals(Digests.ofTips(head.durableTips()))) {
      return false;
    }
    return !theirs.named() || !theirs.tips().stream().allMatch(holds);
  }

  /// Whether everything that this frontier speaks of is durable, as far as it is here.
  boolean landed(Frontier theirs) {
    return theirs.named()
        ? theirs.tips().stream().noneMatch(tip -> holds.test(tip) && store.position(tip) == 0)
        : head.inFlight() == 0 && !waiting.getAsBoolean();
  }

  Proofs proofs() {
    return proofs;
  }

  /// What says no more than this frontier.
  Snapshot plain(Frontier frontier) {
    return Snapshot.plain(frontier, store, random.nextLong());
  }

  Snapshot snapshot(boolean plain) {
    return Snapshot.of(frontier(), store, fingerprints, random.nextLong(), plain);
  }

  Comparison compare(Snapshot mine, Snapshot theirs) {
    return new Comparison(store, fingerprints, mine, theirs);
  }

  Reconciliation reconciliation() {
    return new Reconciliation(store, fingerprints, random.nextLong());
  }

  Message.Ranges answer(Message.Ranges asked) {
    return new Message.Ranges(
        true,
        asked.salt(),
        Reconciliation.answer(store, fingerprints, asked.salt(), asked.ranges()));
  }

  /// Whether this peer may give what we lack, before anybody knows whether it can. If so, nobody
  /// else may until it is [released][#released].
  boolean opens(int peer) {
    if (receives() && provider == NOBODY) {
      provider = peer;
    }
    return receives() && provider == peer;
  }

  /// Whether this peer may give what it holds and we lack; now we know.
  boolean takes(int peer, long itsCount) {
    boolean takes = opens(peer);
    if (takes && itsCount - head.count() > FAR_BEHIND) {
      lifecycle.trigger(Trigger.FAR_BEHIND);
    }
    return takes;
  }

  /// The peer gives no more, or has nothing to give: those who were told to wait may now.
  void released(int peer) {
    if (provider == peer) {
      provider = NOBODY;
      lifecycle.trigger(Trigger.CAUGHT_UP);
      for (var conversation : new ArrayList<>(conversations.values())) {
        if (conversation.postponed()) {
          askIfFree(conversation);
        }
      }
    }
  }

  /// Lets a peer give that was told to wait, unless another one gives.
  void askIfFree(Conversation conversation) {
    if (provider == NOBODY) {
      conversation.askForMore();
    }
  }

  void report(int peer, String what) {
    out.say(new Output.Report(peer, what));
  }

  void send(int peer, Message message) {
    out.send(peer, message);
  }

  void hangUp(int peer, String why) {
    out.say(new Output.Disconnect(peer, why));
  }

  void askSoon(int peer, long delayNanos) {
    out.say(new Output.SetTimer(new Timer.Prove(peer), delayNanos));
  }

  private void proveLater(int peer) {
    long delayNanos = PROVE_NANOS / 2 + random.nextLong(PROVE_NANOS);
    out.say(new Output.SetTimer(new Timer.Prove(peer), delayNanos));
  }

  // What the receiver tells of the senders.

  @Override
  public void entered(int peer, long first, long last) {
    var conversation = conversations.get(peer);
    if (conversation != null) {
      conversation.came(first, last);
    }
  }

  @Override
  public void orphaned(int peer, boolean soon) {
    var conversation = conversations.get(peer);
    if (conversation != null && soon && trees()) {
      awaitParents(peer, PARENTS_NANOS);
    } else if (conversation != null) {
      conversation.orphaned();
    }
  }

  @Override
  public void admitted(Arrival arrival) {
    var last = arrival.run().last().id();
    long sizeBytes = arrival.run().sizeBytes();
    switch (arrival.way()) {
      case LOCAL -> gossip().wrote(last, arrival.lastPosition(), sizeBytes, nowNanos);
      case SPREAD, FOUND -> gossip().admitted(last, arrival.lastPosition(), sizeBytes, nowNanos);
      case COPIED -> {
        // Whoever lacks it finds it as we did.
      }
    }
  }

  @Override
  public void rejected(int peer, Rejection rejection) {
    if (conversations.containsKey(peer)) {
      out.say(new Output.Report(peer, "sent what can never join: " + rejection));
      hangUp(peer, rejection.toString());
    }
  }
}
