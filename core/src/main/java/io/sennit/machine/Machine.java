package io.sennit.machine;

import io.sennit.dag.Digests;
import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Charts.Reception;
import io.sennit.machine.Charts.Trigger;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Figures;
import io.sennit.overlay.Route;
import io.sennit.sync.Fingerprints;
import io.sennit.sync.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// One machine of the federation: holds the DAG, and decides.
///
/// It is the front door: each input goes to the small machine that it concerns. One thread calls
/// it. The same inputs with the same times give the same outputs on every machine.
public final class Machine {
  private final EventStore store;
  private final Root root;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Outbox out = new Outbox();
  private final Head head;
  private final Creator creator;
  private final Receiver receiver;
  private final Conversations conversations;
  private final Healing healing;
  private final Gossip gossip;
  private final WidthMeter width;

  /// Runs that an application handed in, until all of them are durable.
  private final ArrayDeque<Offered> offered = new ArrayDeque<>();

  private record Offered(long request, List<Long> positions, long lastPosition) {}

  /// Begins in mode `loading`; the first input is [Input.Loaded].
  ///
  /// @param store holds R at position 1, and changes only between two calls of [#handle]
  /// @param seed of every random choice
  public Machine(EventStore store, Root root, Signer signer, Seals seals, long seed) {
    this(store, root, signer, seals, Fingerprints.WHOLE, seed);
  }

  Machine(
      EventStore store,
      Root root,
      Signer signer,
      Seals seals,
      Fingerprints fingerprints,
      long seed) {
    this.store = store;
    this.root = root;
    this.head = new Head(store);
    MachineId self = signer.machine();
    var random = new SplittableRandom(seed);
    var choice = new ParentChoice(self, store, random.split());
    this.creator = new Creator(store, head, signer, choice, lifecycle, out, this::wrote);
    this.conversations =
        new Conversations(
            store, head, root.event().id(), self, lifecycle, out, fingerprints, random.split());
    this.receiver = new Receiver(head, seals, choice, out, conversations);
    conversations.holding(receiver::holds, receiver::runsWait);
    this.healing = new Healing(store, out);
    conversations.healing(healing);
    this.gossip = new Gossip(self, out, conversations, random.split());
    conversations.gossip(gossip);
    this.width = new WidthMeter(self, head.count());
  }

  /// What to do about what happened.
  ///
  /// @param nowNanos monotonic, never less than in the call before
  public List<Output> handle(Input input, long nowNanos) {
    conversations.at(nowNanos);
    width.at(nowNanos, head.tips().size());
    switch (input) {
      case Input.Loaded _ -> {
        boolean ours = store.count() > 0 && store.position(root.event().id()) == 1;
        lifecycle.trigger(ours ? Trigger.LOADED : Trigger.ANOTHER_ROOT);
      }
      case Input.Listening(var address) -> {
        conversations.listenAt(address);
        gossip.listenAt(address);
      }
      case Input.Carrying(var capacity) -> gossip.carry(capacity);
      case Input.Known(var contacts) -> gossip.known(contacts, nowNanos);
      case Input.Unreachable(var contact) -> gossip.unreachable(contact, nowNanos);
      case Input.Append append -> creator.append(append);
      case Input.Offer offer -> offer(offer, nowNanos);
      case Input.Persisted(var position) -> persisted(position, nowNanos);
      case Input.Damaged(var positions) -> healing.damaged(positions, nowNanos);
      case Input.Healed(var positions) -> healing.healed(positions);
      case Input.StoreFull(var why) -> {
        if (lifecycle.storeFull(why)) {
          receiver.storeFull();
          conversations.tellWhetherWeTake();
        }
      }
      case Input.StoreRoom _ -> {
        if (lifecycle.storeRoom()) {
          conversations.tellWhetherWeTake();
        }
      }
      case Input.StoreFailed(var why, var full) -> storeFailed(why, full);
      case Input.PeerUp(var peer, var machine, var dialled) ->
          conversations.up(peer, machine, dialled);
      case Input.PeerDown(var peer) -> {
        conversations.down(peer);
        receiver.down(peer);
      }
      case Input.Received(var peer, var message) -> received(peer, message, nowNanos);
      case Input.Drained(var peer) -> conversations.drained(peer);
      case Input.TimerFired(var timer) -> {
        switch (timer) {
          case Timer.Prove(var peer) -> conversations.proveTimer(peer);
          case Timer.Parents(var peer) ->
              conversations.parentsTimer(peer, receiver.oldestOrphanNanos(peer));
          case Timer.Overlay _ -> gossip.timerFired(nowNanos);
          case Timer.Heal _ -> healing.timer();
          case Timer.Ask _ -> conversations.askTimer();
          case Timer.Integrate _ -> receiver.integrate(nowNanos);
        }
      }
      case Input.Fence _ -> lifecycle.fence(true);
      case Input.Resume _ -> lifecycle.fence(false);
    }
    gossip.settle(lifecycle.mode() == Mode.CATCHING_UP || !lifecycle.mode().receives());
    creator.formBatches();
    conversations.settle();
    width.look(head);
    if (lifecycle.mode().receives()) {
      healing.settle(conversations.greeted(), nowNanos);
    }
    return out.take();
  }

  private void received(int peer, Message message, long nowNanos) {
    if (message instanceof Message.Give(var runs, var fault, var route)
        && lifecycle.mode().receives()) {
      for (var run : runs) {
        if (!healing.given(run) && !take(peer, run, route, nowNanos)) {
          return;
        }
      }
      fault.ifPresent(rejection -> conversations.rejected(peer, rejection));
    }
    if (message instanceof Message.End) {
      receiver.integrate(nowNanos); // a batch waits for more, and there is no more
    }
    conversations.received(peer, message);
  }

  /// @return whether it may be good
  private boolean take(int peer, Run run, Optional<Route> route, long nowNanos) {
    var way = conversations.way(peer, route.isPresent());
    if (way == Way.SPREAD) {
      gossip.arriving(peer, run.last().id(), route, nowNanos);
    }
    boolean good = receiver.offer(peer, way, run, nowNanos).state() != Reception.REJECTED;
    if (!good) {
      gossip.refused(peer, run.last().id(), nowNanos);
    }
    return good;
  }

  private void wrote(EventId last, long position, long sizeBytes, long nowNanos) {
    gossip.wrote(last, position, sizeBytes, nowNanos);
  }

  /// An application's runs, in their order; each stands for itself, so those before a faulty one
  /// stay.
  private void offer(Input.Offer offer, long nowNanos) {
    if (!lifecycle.mode().receives()) {
      out.say(
          lifecycle.full()
              ? new Output.NoRoom(offer.request(), lifecycle.why())
              : new Output.Decline(
                  offer.request(), "this machine takes no events now; see status"));
      return;
    }
    receiver.integrate(nowNanos); // so that whatever is known has a position
    var positions = new ArrayList<Long>();
    long last = 0;
    for (var run : offer.runs()) {
      var arrival = receiver.offer(Arrival.LOCAL, Way.LOCAL, run, nowNanos);
      switch (arrival.state()) {
        case IN_FLIGHT, KNOWN ->
            run.events().forEach(event -> positions.add(head.position(event.id())));
        case REJECTED -> {
          out.say(new Output.Decline(offer.request(), String.valueOf(arrival.rejection())));
          return;
        }
        case DROPPED -> {
          out.say(
              new Output.Decline(
                  offer.request(),
                  "hand in ancestors first: "
                      + receiver.firstMissing(run).map(Object::toString).orElse("a parent")
                      + " is not here"));
          return;
        }
        case OFFERED, UNSEALED, SEALED, WAITING, INTEGRATING, ORPHAN, CONNECTED, ADMITTED ->
            throw new IllegalStateException("a local run rests in " + arrival.state());
      }
      last = Math.max(last, positions.stream().mapToLong(Long::longValue).max().orElse(0));
    }
    offered.add(new Offered(offer.request(), positions, last));
    acknowledgeOffers();
  }

  private void persisted(long position, long nowNanos) {
    head.persisted(position);
    receiver.persisted(position);
    creator.persisted(position, nowNanos);
    acknowledgeOffers();
    out.say(new Output.Publish(position));
  }

  private void acknowledgeOffers() {
    while (!offered.isEmpty() && offered.getFirst().lastPosition <= head.durable()) {
      var done = offered.removeFirst();
      out.say(new Output.Acknowledge(done.request, done.positions));
    }
  }

  private void storeFailed(String why, boolean full) {
    lifecycle.storeFailed(why, full);
    head.abandon();
    creator.storeFailed(why);
    receiver.storeFailed();
    while (!offered.isEmpty()) {
      out.say(new Output.Unknown(offered.removeFirst().request, why));
    }
    conversations.tellWhetherWeTake();
  }

  /// What it does and does not do now.
  public Mode mode() {
    return lifecycle.mode();
  }

  /// What the overlay tells of itself; nothing before it has begun.
  public Optional<Figures> overlay() {
    return gossip.figures();
  }

  /// Whom it can link with after a restart.
  public List<Contact> book() {
    return gossip.book();
  }

  /// How it is now.
  ///
  /// @param nowNanos as in [#handle]
  public Status status(long nowNanos) {
    width.at(nowNanos, head.tips().size());
    return status();
  }

  /// How it was when it last handled something.
  public Status status() {
    return new Status(
        lifecycle.mode(),
        lifecycle.why(),
        head.durable(),
        List.copyOf(head.durableTips()),
        Digests.ofTips(head.durableTips()),
        receiver.orphanEvents(),
        head.inFlight(),
        healing.events(),
        width.width(head.tips().size()),
        conversations.status());
  }
}
