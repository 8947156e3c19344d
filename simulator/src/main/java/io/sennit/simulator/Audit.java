package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.dag.Digests;
import io.sennit.dag.MemoryStore;
import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import io.sennit.sync.Frontier;
import io.sennit.sync.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Counts again what the core of one site claims, event by event as it hands them to the disk.
///
/// The *log* is everything that was handed to the disk, in order; the *durable* part is a beginning
/// of it. Nothing here is taken from the core but the events themselves.
///
/// Where it does not see the store from its first event on, it begins with a *base*: so many events
/// with these tips, of which it learns one by one.
final class Audit {
  private final String who;
  private final MachineId self;

  /// Events that were durable before the log begins.
  private final long base;

  private final List<EventId> log = new ArrayList<>();

  /// Position and height. Only looked up, never iterated.
  private final Map<EventId, Known> known = new HashMap<>();

  private final TreeSet<EventId> tips = new TreeSet<>();
  private final TreeSet<EventId> durableTips = new TreeSet<>();
  private long durable;

  /// Whether the last event of the log has no seal, so that the next one must be of its run.
  private boolean open;

  /// Events under this machine's own key that came from elsewhere: from a twin, or from before a
  /// backup was restored.
  private final Set<EventId> notMadeHere = new HashSet<>();

  /// @param height -1 while nobody has said it
  private record Known(
      long position, long height, Optional<MachineId> machine, List<EventId> parents) {}

  /// Of a machine whose store held this.
  Audit(MachineId self, long base, Collection<EventId> tips) {
    this.who = "";
    this.self = self;
    this.base = base;
    this.durable = base;
    this.tips.addAll(tips);
    this.durableTips.addAll(tips);
  }

  Audit(int site, MachineId self, MemoryStore store) {
    this.who = "site " + site + ": ";
    this.self = self;
    this.base = 0;
    for (long position = 1; position <= store.count(); position++) {
      notMadeHere.add(store.node(position).id());
      enter(new Placed(store.node(position), store.event(position)));
    }
    durable(store);
  }

  /// How many events are durable.
  int durable() {
    return (int) durable;
  }

  /// Durable tips, counted again. A view.
  Set<EventId> tips() {
    return durableTips;
  }

  /// All events that were handed to the disk. A view.
  Set<EventId> events() {
    return known.keySet();
  }

  /// Whether nothing is on its way to the disk.
  boolean atRest() {
    return durable == last();
  }

  /// Position of the last event that was handed to the disk.
  private long last() {
    return base + log.size();
  }

  private EventId at(long position) {
    return log.get((int) (position - base - 1));
  }

  /// The store says that the event stands there: I4.
  void learn(EventId id, long position) {
    var before = known.get(id);
    if (before == null) {
      known.put(id, new Known(position, -1, Optional.empty(), List.of()));
    } else {
      unless(
          before.position == position,
          "I4",
          () -> who + id + " stands at " + before.position + " and at " + position);
    }
    unless(
        position <= base || position > durable || at(position).equals(id),
        "I4",
        () -> who + "position " + position + " has changed");
  }

  /// The store says where the event stands, and how high: I3, I4.
  void learn(Node node) {
    learn(node.id(), node.position());
    var before = known(node.id());
    if (before.height < 0) {
      known.put(
          node.id(),
          new Known(node.position(), node.height(), Optional.of(node.machine()), List.of()));
    } else {
      unless(
          before.height == node.height(),
          "I3",
          () -> who + node.id() + " has height " + before.height + " and " + node.height());
    }
  }

  /// Somebody gives runs; answers how many of their events were here.
  int offered(List<Run> runs) {
    int here = 0;
    for (var run : runs) {
      for (var event : run.events()) {
        if (known.containsKey(event.id())) {
          here++;
        } else if (event.machine().equals(self)) {
          notMadeHere.add(event.id());
        }
      }
    }
    return here;
  }

  /// A batch on its way to the disk: I1, I2, I3, I4, I6, and that runs are whole.
  void persist(List<Placed> batch) {
    batch.forEach(this::enter);
    unless(
        batch.getLast().event().sealed(),
        "RUN",
        () -> who + "a batch ends inside a run, with " + batch.getLast().node().id());
  }

  private void enter(Placed placed) {
    var event = placed.event();
    var id = event.id();
    unless(id.equals(placed.node().id()), "I4", () -> who + "the place of " + id + " is another's");
    unless(
        placed.position() == last() + 1,
        "I4",
        () -> who + id + " gets position " + placed.position() + " after " + last());
    unless(!known.containsKey(id), "I4", () -> who + id + " is given a second position");
    unless(
        (last() == 0) == event.parents().isEmpty(),
        "I1",
        () -> who + id + " stands without parents");
    long height = height(event);
    unless(
        height == placed.node().height(),
        "I3",
        () -> who + id + " has height " + placed.node().height() + ", not " + height);
    if (event.machine().equals(self) && !notMadeHere.contains(id)) {
      own(event);
    }
    run(event);
    log.add(id);
    known.put(id, new Known(last(), height, Optional.of(event.machine()), event.parents()));
    event.parents().forEach(tips::remove);
    tips.add(id);
  }

  /// One more than the highest height of its parents, which are all here.
  private long height(Event event) {
    long height = 0;
    for (var parent : event.parents()) {
      var before = known.get(parent);
      if (before == null || before.height < 0) {
        throw new Violation(
            "I2", who + event.id() + " is handed to the disk before its parent " + parent);
      }
      height = Math.max(height, before.height + 1);
    }
    return height;
  }

  /// An event without seal is followed at once by the next one of its run.
  private void run(Event event) {
    if (open) {
      var before = log.getLast();
      unless(
          event.parents().contains(before)
              && known(before).machine.equals(Optional.of(event.machine())),
          "RUN",
          () -> who + event.id() + " follows " + before + " inside a run, but is not of it");
    }
    open = !event.sealed();
  }

  /// What stands before our own event in the log is what we held when we made it.
  private void own(Event event) {
    if (event.tips() == 0) {
      unless(
          event.parents().equals(List.copyOf(tips)),
          "I6",
          () -> who + event.id() + " does not name all that its creator held");
    } else {
      unless(event.tips() == tips.size(), "I6", () -> who + event.id() + " miscounts its tips");
    }
  }

  /// More is durable now: I4, I5.
  void durable(MemoryStore store) {
    long before = durable;
    durable(store.count());
    for (long position = before + 1; position <= durable; position++) {
      var id = at(position);
      unless(
          store.node(position).id().equals(id),
          "I4",
          () -> who + "the position of " + id + " has changed");
    }
    unless(
        store.tips().equals(List.copyOf(durableTips)),
        "I5",
        () -> who + "tips differ from the recount");
  }

  /// So much is durable now: I4, I5.
  void durable(long count) {
    unless(count >= durable, "I4", () -> who + "the DAG shrank from " + durable + " to " + count);
    unless(count <= last(), "I4", () -> who + "the store holds what it was never given");
    while (durable < count) {
      var id = at(++durable);
      known(id).parents.forEach(durableTips::remove);
      durableTips.add(id);
    }
    unless(!durableTips.isEmpty(), "I5", () -> who + "no tips");
  }

  private Known known(EventId id) {
    var found = known.get(id);
    if (found == null) {
      throw new IllegalStateException(id + " is in the log but not known");
    }
    return found;
  }

  /// What was not durable is gone.
  void crashed(MemoryStore store) {
    durable(store);
    while (last() > durable) {
      var id = log.removeLast();
      known.remove(id);
    }
    open = false;
    tips.clear();
    tips.addAll(durableTips);
  }

  /// The machine says this to a peer: I5, I7.
  void says(Message message) {
    switch (message) {
      case Message.Hello hello -> claims(hello.snapshot().frontier());
      case Message.Again again -> claims(again.count(), again.digest());
      case Message.Describe describe -> claims(describe.snapshot().frontier());
      case Message.Compare compare -> claims(compare.count(), compare.digest());
      case Message.Have(var ids) -> ids.forEach(this::claims);
      case Message.Give(var runs, _, _) -> gives(runs);
      case Message.Packed _ when Link.heard(message) instanceof Message.Give(var runs, _, _) ->
          gives(runs);
      default -> {
        // It claims nothing.
      }
    }
  }

  /// The machine says what it holds: I5, I7.
  private void claims(Frontier frontier) {
    claims(frontier.count(), frontier.digest());
    unless(
        frontier.tipsTotal() == durableTips.size()
            && (!frontier.named() || frontier.tips().equals(List.copyOf(durableTips))),
        "I5",
        () -> who + "the frontier it tells is not its own");
  }

  /// The machine says how much it holds: I5 and I7.
  private void claims(long count, EventId digest) {
    unless(
        count <= durable,
        "I7",
        () -> who + "claims " + count + " events, but " + durable + " are durable");
    unless(
        count == durable && digest.equals(Digests.ofTips(durableTips)),
        "I5",
        () -> who + "the digest it tells is not its own");
  }

  /// The machine names an event as held: I7.
  private void claims(EventId id) {
    var place = known.get(id);
    unless(
        place != null && place.position <= durable,
        "I7",
        () -> who + "claims " + id + ", which is not durable");
  }

  /// The machine gives runs away; its own only when they are durable: I7.
  private void gives(List<Run> runs) {
    for (var run : runs) {
      if (run.machine().equals(self)) {
        run.events().forEach(event -> claims(event.id()));
      }
    }
  }

  /// The machine says that so much is durable: I7.
  void durableUpTo(long position, String word) {
    unless(
        position <= durable,
        "I7",
        () ->
            who
                + "position "
                + position
                + " is "
                + word
                + ", but only "
                + durable
                + " are durable");
  }
}
