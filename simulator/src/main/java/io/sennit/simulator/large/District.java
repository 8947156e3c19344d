package io.sennit.simulator.large;

import io.sennit.overlay.Contact;
import io.sennit.overlay.Effects;
import io.sennit.overlay.Overlay;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import io.sennit.simulator.large.Comparison.Compare;
import io.sennit.simulator.large.Comparison.Different;
import io.sennit.simulator.large.Comparison.Word;

/// What happens on the machines of a [Federation] in one sector: it calls their overlays, carries
/// out what those ask for, and counts.
final class District implements Effects {
  private static final int OVERLAY_ALARM = 0;
  private static final int COMPARE_ALARM = 1;

  private static final long SECOND_NANOS = 1_000_000_000L;

  /// A machine compares with a random neighbour so often, a third more or less.
  private static final long COMPARE_NANOS_MIN = 20 * SECOND_NANOS;

  private static final long COMPARE_NANOS_MAX = 40 * SECOND_NANOS;

  /// How long an orphan waits before its machine compares because of it.
  private static final long ORPHAN_NANOS = SECOND_NANOS;

  /// Events younger than this are left to gossip when two machines compare.
  private static final long YOUNG_NANOS = 2 * SECOND_NANOS;

  /// More events at once are a copy in bulk, and not passed on.
  private static final int BULK_EVENTS = 64;

  /// Of a machine that crashes in churn, until it is back: seconds on average.
  private static final double AWAY_SECONDS = 30;

  private final Federation federation;
  private final Plan plan;
  private final World world;
  private final Network network;
  private final Knowledge knowledge;
  private final Ledger ledger;
  private final Unplaced unplaced;

  /// The machine whose overlay is being called.
  private int self;

  District(Federation federation) {
    this.federation = federation;
    plan = federation.plan();
    world = federation.world();
    network = world.network();
    knowledge = federation.knowledge();
    ledger = new Ledger(plan.machines());
    unplaced = new Unplaced(federation::contact);
  }

  Ledger ledger() {
    return ledger;
  }

  private Overlay overlay(int machine) {
    self = machine;
    return federation.overlay(machine);
  }

  private long now(int machine) {
    return world.nowNanos(machine);
  }

  // ---- machines

  void started(int machine) {
    knowledge.returned(machine);
    var overlay = new Overlay(federation.contact(machine), world.dice().next(machine));
    federation.overlay(machine, overlay);
    self = machine;
    overlay.start(federation.known(machine), now(machine), this);
    setCompareAlarm(machine);
    if (federation.churning()) {
      live(machine);
    }
  }

  void crashed(int machine) {
    federation.gone(machine, federation.churning());
    if (federation.churning()) {
      world.startAfter(
          machine, (long) (world.dice().logNormal(machine, AWAY_SECONDS) * SECOND_NANOS));
    }
    knowledge.left(machine);
  }

  /// The machine runs until it crashes, as long as machines come and go.
  void live(int machine) {
    double seconds = world.dice().logNormal(machine, 60 / plan.faults().churn());
    boolean silently = world.dice().unit(machine) < plan.faults().silentShare();
    world.churnAfter(machine, silently, (long) (seconds * SECOND_NANOS));
  }

  void up(int machine, int link, int peer, boolean dialled) {
    overlay(machine).up(link, federation.contact(peer).machine(), dialled, now(machine), this);
    if (dialled) {
      compare(machine, link);
    }
  }

  void down(int machine, int link) {
    overlay(machine).down(link, now(machine), this);
  }

  void unreachable(int machine, int peer) {
    overlay(machine).unreachable(federation.contact(peer), now(machine), this);
  }

  void rang(int machine, int which) {
    if (which == OVERLAY_ALARM) {
      overlay(machine).timer(now(machine), this);
      return;
    }
    setCompareAlarm(machine);
    int links = network.linkCount(machine);
    if (links > 0) {
      compare(machine, network.link(machine, world.dice().below(machine, links)));
    }
  }

  void arrived(int machine, int link, Object body, int word) {
    switch (body) {
      case Route route -> payload(machine, link, word, route);
      case OverlayMessage message -> overlay(machine).received(link, message, now(machine), this);
      case Comparison comparison -> compared(machine, link, comparison, word);
      default -> throw new IllegalStateException("nobody sends " + body);
    }
  }

  // ---- payloads

  /// The machine wrote an event: it is spread.
  void wrote(int machine, int event) {
    long run = knowledge.run(event);
    var overlay = overlay(machine);
    overlay.wrote(run, plan.writing().payloadBytes(), now(machine), this);
    if (overlay.mesh()) {
      for (int i = 0; i < network.linkCount(machine); i++) {
        give(network.link(machine, i), run, Route.DIRECT);
      }
    }
  }

  private void payload(int machine, int link, int event, Route route) {
    ledger.payload(event, route.pulled());
    long run = knowledge.run(event);
    if (!overlay(machine).arriving(link, run, route, now(machine))) {
      ledger.duplicate(event);
      return;
    }
    if (plan.faults().duplication() > 0
        && world.dice().unit(machine) < plan.faults().duplication()) {
      network.again(machine, link, route, event);
    }
    if (knowledge.holds(machine, event)) {
      ledger.duplicate(event);
      overlay(machine).refused(link, run, now(machine), this);
      return;
    }
    offer(machine, event, true);
  }

  /// @param spread whether it is passed on
  private void offer(int machine, int event, boolean spread) {
    if (!knowledge.admit(machine, event)) {
      world.alarms().setNoLater(machine, COMPARE_ALARM, ORPHAN_NANOS);
      return;
    }
    admitted(machine, event, spread);
    while (knowledge.hasOrphans(machine)) {
      int orphan = knowledge.admitOrphan(machine);
      if (orphan < 0) {
        return;
      }
      admitted(machine, orphan, spread);
    }
  }

  private void admitted(int machine, int event, boolean spread) {
    ledger.delivered(event, now(machine) - knowledge.writtenNanos(event));
    if (spread) {
      overlay(machine)
          .admitted(knowledge.run(event), plan.writing().payloadBytes(), now(machine), this);
    }
  }

  // ---- reconciliation

  private void setCompareAlarm(int machine) {
    long delayNanos = world.dice().between(machine, COMPARE_NANOS_MIN, COMPARE_NANOS_MAX);
    world.alarms().set(machine, COMPARE_ALARM, delayNanos);
  }

  private void compare(int machine, int link) {
    compare(machine, link, new Compare(knowledge.held(machine)), FrameSizes.COMPARE);
  }

  private void compare(int machine, int link, Comparison comparison, int sizeBytes) {
    say(machine, link, comparison, 0, FrameSizes.COMPARISON, sizeBytes);
  }

  private void compared(int machine, int link, Comparison comparison, int event) {
    switch (comparison) {
      case Compare(var held) when knowledge.same(machine, held) ->
          compare(machine, link, Word.SAME, FrameSizes.SAME);
      case Compare(var held) -> {
        var different = new Different(knowledge.held(machine));
        compare(machine, link, different, FrameSizes.DIFFERENT);
        giveWhatLacks(machine, link, held);
      }
      case Different(var held) -> giveWhatLacks(machine, link, held);
      case Word.SAME -> {}
      case Word.GIVE, Word.GIVE_IN_BULK -> {
        ledger.payload(event, false);
        if (knowledge.holds(machine, event)) {
          ledger.duplicate(event);
        } else {
          ledger.reconciled(event);
          offer(machine, event, comparison == Word.GIVE);
        }
      }
    }
  }

  private void giveWhatLacks(int machine, int link, long[] held) {
    int lacking = 0;
    for (int word = 0; word < knowledge.words(); word++) {
      lacking += Long.bitCount(knowledge.lacking(word, machine, held));
    }
    var give = lacking > BULK_EVENTS ? Word.GIVE_IN_BULK : Word.GIVE;
    long young = now(machine) - YOUNG_NANOS;
    for (int word = 0; word < knowledge.words(); word++) {
      for (long rest = knowledge.lacking(word, machine, held); rest != 0; rest &= rest - 1) {
        int event = (word << 6) + Long.numberOfTrailingZeros(rest);
        if (knowledge.writtenNanos(event) > young) {
          return;
        }
        say(machine, link, give, event, FrameSizes.PAYLOAD, giveBytes(event));
      }
    }
  }

  private int giveBytes(int event) {
    return FrameSizes.give(plan.writing().payloadBytes(), knowledge.parentCount(event));
  }

  private void say(int machine, int link, Object body, int word, int kind, int sizeBytes) {
    ledger.sent(machine, kind, sizeBytes);
    network.send(machine, link, body, word, sizeBytes);
  }

  // ---- effects, of the machine whose overlay is being called

  @Override
  public void send(int peer, OverlayMessage message) {
    if (message instanceof OverlayMessage.Announce(var runs, _)) {
      for (long run : runs) {
        ledger.announced(knowledge.eventOf(run));
      }
    }
    var said = plan.near() ? message : unplaced.of(message);
    say(self, peer, said, 0, FrameSizes.kind(message), FrameSizes.of(message));
  }

  @Override
  public void dial(Contact contact) {
    network.dial(self, (int) contact.machine().d());
  }

  @Override
  public void hangUp(int peer, String why) {
    network.hangUp(self, peer);
  }

  @Override
  public void give(int peer, long run, Route route) {
    int event = knowledge.eventOf(run);
    if (!knowledge.holds(self, event)) {
      throw new IllegalStateException(
          "machine " + self + " gives event " + event + ", which it does not hold");
    }
    say(self, peer, route, event, FrameSizes.PAYLOAD, giveBytes(event));
  }

  @Override
  public void timer(long delayNanos) {
    world.alarms().set(self, OVERLAY_ALARM, delayNanos);
  }
}
