package io.sennit.simulator.large;

import io.sennit.event.MachineId;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.Effects;
import io.sennit.overlay.Overlay;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inhabitants of a rehearsal: on each machine a production [Overlay], what it holds
/// ([Knowledge]), and reconciliation with a neighbour now and then.
final class Federation implements Inhabitants, Effects {
  /// Every address is as good as any here, and as long as one of the internet.
  private static final String ADDRESS = "203.0.113.77:47474";

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

  /// Above so many tips a machine names only some of them.
  private static final int STRICT_TIPS_MAX = 256;

  private static final int BOUNDED_PARENTS = 32;

  /// The round trip that machines are shown when links are to be random.
  private static final long SAME_ROUND_TRIP_MICROS = 100_000;

  /// Machines that a newcomer's ticket names.
  private static final int INVITERS = 3;

  /// Of a machine that crashes in churn, until it is back: seconds on average.
  private static final double AWAY_SECONDS = 30;

  private final Plan plan;
  private final World world;
  private final Network network;
  private final Knowledge knowledge;
  private final Ledger ledger;
  private final @Nullable Overlay[] overlays;
  private final Contact[] contacts;

  /// What machines that crashed and will be back have kept.
  private final @Nullable List<Contact>[] books;

  private int begun;
  private boolean churning;

  /// The machine whose overlay is being called.
  private int self;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Federation(Plan plan, World world) {
    this.plan = plan;
    this.world = world;
    network = world.network();
    int machines = plan.machines();
    knowledge = new Knowledge(machines, plan.seed());
    ledger = new Ledger(machines);
    overlays = new Overlay[machines];
    books = new List[machines];
    contacts = new Contact[machines];
    for (int machine = 0; machine < machines; machine++) {
      contacts[machine] = contact(machine, plan.seed(), world.places());
    }
  }

  /// What others know of a machine: the last word of its key is its number.
  static Contact contact(int machine, long seed, Places places) {
    long key = Dice.mix(seed ^ 0x5EED);
    return new Contact(
        new MachineId(
            Dice.mix(key + machine), Dice.mix(key - machine), Dice.mix(~key - machine), machine),
        places.dialable(machine) ? ADDRESS : "",
        places.capacity(machine),
        Coordinate.UNKNOWN);
  }

  Knowledge knowledge() {
    return knowledge;
  }

  Ledger ledger() {
    return ledger;
  }

  private Overlay overlay(int machine) {
    var overlay = overlays[machine];
    if (overlay == null) {
      throw new IllegalStateException("machine " + machine + " does not run");
    }
    self = machine;
    return overlay;
  }

  // ---- writing

  /// The machine writes an event and spreads it.
  void write(int machine, Ledger.Purpose purpose) {
    var tips = knowledge.tips(machine);
    var parents = tips.length <= STRICT_TIPS_MAX ? tips : some(machine, tips);
    int event = knowledge.write(machine, parents, world.nowNanos());
    ledger.written(event, purpose, tips.length, parents.length);
    var overlay = overlay(machine);
    overlay.wrote(knowledge.run(event), plan.writing().payloadBytes(), world.nowNanos(), this);
    if (overlay.mesh()) {
      for (int i = 0; i < network.linkCount(machine); i++) {
        give(network.link(machine, i), knowledge.run(event), Route.DIRECT);
      }
    }
  }

  /// Its own last event if it is a tip, the rest at random.
  private int[] some(int machine, int[] tips) {
    var chosen = tips.clone();
    int count = 0;
    for (int i = tips.length - 1; i >= 0 && count == 0; i--) {
      if (knowledge.writer(tips[i]) == machine) {
        chosen[i] = chosen[0];
        chosen[0] = tips[i];
        count = 1;
      }
    }
    for (; count < BOUNDED_PARENTS; count++) {
      int other = count + world.dice().below(machine, chosen.length - count);
      int taken = chosen[other];
      chosen[other] = chosen[count];
      chosen[count] = taken;
    }
    var parents = Arrays.copyOf(chosen, BOUNDED_PARENTS);
    Arrays.sort(parents);
    return parents;
  }

  // ---- machines

  @Override
  public void started(int machine) {
    knowledge.returned(machine);
    var overlay = new Overlay(contacts[machine], world.dice().next(machine));
    overlays[machine] = overlay;
    var known = books[machine];
    books[machine] = null;
    if (known == null) {
      begun = Math.max(begun, machine);
      known = ticket(machine, begun, contacts, world, network);
    }
    self = machine;
    overlay.start(known, world.nowNanos(), this);
    setCompareAlarm(machine);
    if (churning) {
      live(machine);
    }
  }

  /// Machines that were here before, who can be dialled.
  ///
  /// @param begun the last of them
  static List<Contact> ticket(
      int machine, int begun, Contact[] contacts, World world, Network network) {
    var known = new ArrayList<Contact>(INVITERS);
    for (int tries = 0; tries < 10 * INVITERS && known.size() < INVITERS && begun > 0; tries++) {
      int other = world.dice().below(machine, begun);
      var contact = contacts[other];
      if (other != machine
          && network.running(other)
          && contact.dialable()
          && !known.contains(contact)) {
        known.add(contact);
      }
    }
    if (known.isEmpty() && machine > 0) {
      known.add(contacts[0]);
    }
    return known;
  }

  @Override
  public void crashed(int machine) {
    if (churning) {
      books[machine] = overlay(machine).book();
      world.startAfter(
          machine, (long) (world.dice().logNormal(machine, AWAY_SECONDS) * SECOND_NANOS));
    }
    overlays[machine] = null;
    knowledge.left(machine);
  }

  /// From now on machines crash and come back; or those that are away come back, and it is over.
  void churn(boolean on) {
    churning = on && plan.faults().churn() > 0;
    world.churn(churning);
    for (int machine = 0; churning && machine < plan.machines(); machine++) {
      if (network.running(machine)) {
        live(machine);
      }
    }
  }

  private void live(int machine) {
    double seconds = world.dice().logNormal(machine, 60 / plan.faults().churn());
    boolean silently = world.dice().unit(machine) < plan.faults().silentShare();
    world.churnAfter(machine, silently, (long) (seconds * SECOND_NANOS));
  }

  // ---- what happens on a machine

  @Override
  public void up(int machine, int link, int peer, boolean dialled) {
    overlay(machine).up(link, contacts[peer].machine(), dialled, world.nowNanos(), this);
    if (dialled) {
      compare(machine, link);
    }
  }

  @Override
  public void down(int machine, int link, int peer) {
    overlay(machine).down(link, world.nowNanos(), this);
  }

  @Override
  public void unreachable(int machine, int peer) {
    overlay(machine).unreachable(contacts[peer], world.nowNanos(), this);
  }

  @Override
  public void rang(int machine, int which) {
    if (which == OVERLAY_ALARM) {
      overlay(machine).timer(world.nowNanos(), this);
      return;
    }
    setCompareAlarm(machine);
    int links = network.linkCount(machine);
    if (links > 0) {
      compare(machine, network.link(machine, world.dice().below(machine, links)));
    }
  }

  @Override
  public void arrived(int machine, int link, int peer, Object body, int word) {
    switch (body) {
      case Route route -> payload(machine, link, word, route);
      case OverlayMessage.Pong(_, var coordinate) when !plan.near() -> {
        long echoMicros = world.nowNanos() / 1_000 - SAME_ROUND_TRIP_MICROS;
        overlay(machine)
            .received(
                link, new OverlayMessage.Pong(echoMicros, coordinate), world.nowNanos(), this);
      }
      case OverlayMessage message ->
          overlay(machine).received(link, message, world.nowNanos(), this);
      case Comparison comparison -> compared(machine, link, peer, comparison, word);
      default -> throw new IllegalStateException("nobody sends " + body);
    }
  }

  // ---- payloads

  private void payload(int machine, int link, int event, Route route) {
    ledger.payload(event, route.pulled());
    long run = knowledge.run(event);
    if (!overlay(machine).arriving(link, run, route, world.nowNanos())) {
      ledger.duplicate(event);
      return;
    }
    if (plan.faults().duplication() > 0
        && world.dice().unit(machine) < plan.faults().duplication()) {
      network.again(machine, link, route, event);
    }
    if (knowledge.holds(machine, event)) {
      ledger.duplicate(event);
      overlay(machine).refused(link, run, world.nowNanos(), this);
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
    ledger.delivered(event, world.nowNanos() - knowledge.writtenNanos(event));
    if (spread) {
      overlay(machine)
          .admitted(knowledge.run(event), plan.writing().payloadBytes(), world.nowNanos(), this);
    }
  }

  // ---- reconciliation

  private void setCompareAlarm(int machine) {
    world
        .alarms()
        .set(
            machine,
            COMPARE_ALARM,
            world.dice().between(machine, COMPARE_NANOS_MIN, COMPARE_NANOS_MAX));
  }

  private void compare(int machine, int link) {
    say(machine, link, Comparison.COMPARE, 0, FrameSizes.COMPARISON, FrameSizes.COMPARE);
  }

  private void compared(int machine, int link, int peer, Comparison comparison, int event) {
    switch (comparison) {
      case COMPARE -> {
        if (knowledge.same(machine, peer)) {
          say(machine, link, Comparison.SAME, 0, FrameSizes.COMPARISON, FrameSizes.SAME);
        } else {
          say(machine, link, Comparison.DIFFERENT, 0, FrameSizes.COMPARISON, FrameSizes.DIFFERENT);
          giveWhatLacks(machine, link, peer);
        }
      }
      case SAME -> {}
      case DIFFERENT -> giveWhatLacks(machine, link, peer);
      case GIVE, GIVE_IN_BULK -> {
        ledger.payload(event, false);
        if (knowledge.holds(machine, event)) {
          ledger.duplicate(event);
        } else {
          ledger.reconciled(event);
          offer(machine, event, comparison == Comparison.GIVE);
        }
      }
    }
  }

  private void giveWhatLacks(int machine, int link, int peer) {
    int lacking = 0;
    for (int word = 0; word < knowledge.words(); word++) {
      lacking += Long.bitCount(knowledge.lacking(word, machine, peer));
    }
    var give = lacking > BULK_EVENTS ? Comparison.GIVE_IN_BULK : Comparison.GIVE;
    long young = world.nowNanos() - YOUNG_NANOS;
    for (int word = 0; word < knowledge.words(); word++) {
      for (long rest = knowledge.lacking(word, machine, peer); rest != 0; rest &= rest - 1) {
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
    say(self, peer, message, 0, FrameSizes.kind(message), FrameSizes.of(message));
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
