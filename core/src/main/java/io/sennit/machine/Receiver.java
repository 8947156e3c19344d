package io.sennit.machine;

import io.sennit.dag.Head;
import io.sennit.dag.Rules;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import io.sennit.event.Stripped;
import io.sennit.machine.Charts.ReceptionStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Takes runs from elsewhere along the reception chart until they rest: known, rejected, waiting,
/// an orphan, or in the head on their way to the disk.
final class Receiver {
  /// One sender's orphans, at most.
  static final int ORPHAN_EVENTS_MAX = 4096;

  static final long ORPHAN_SIZE_BYTES_MAX = 16L * 1024 * 1024;

  /// How long, and how much, waits to be taken in one batch while many arrive.
  static final long BATCH_DELAY_NANOS = 20_000_000;

  /// Without the text of parents: events that name many would end their own batches early, and the
  /// next ones would name as many again.
  private static final long BATCH_STRIPPED_SIZE_BYTES_MAX = 1024 * 1024;

  /// With it.
  private static final long BATCH_SIZE_BYTES_MAX = 16L * 1024 * 1024;

  private static final int CONDEMNED_MAX = 10_000;

  /// What a sender has to be told, or held to.
  interface Senders {
    /// The run has a place in the head.
    void entered(int peer, long first, long last);

    /// Ancestors of what it sent are missing here.
    ///
    /// @param soon whether it is new, so that they may be on their way by themselves
    void orphaned(int peer, boolean soon);

    /// The run is durable.
    void admitted(Arrival arrival);

    /// It sent what can never join.
    void rejected(int peer, Rejection rejection);
  }

  private final Head head;
  private final Seals seals;
  private final ParentChoice choice;
  private final Outbox out;
  private final Senders senders;
  private final Orphans orphans = new Orphans(ORPHAN_EVENTS_MAX, ORPHAN_SIZE_BYTES_MAX);
  private final Pace pace = new Pace();

  /// Runs that wait for the next batch, and the ids of their last events.
  private final List<Arrival> waiting = new ArrayList<>();

  private final Set<EventId> waitingIds = new HashSet<>();
  private long waitingSizeBytes;
  private long waitingStrippedSizeBytes;

  private final ArrayDeque<Arrival> inFlight = new ArrayDeque<>();

  /// Events that were rejected lately; a memory that saves work, not one that anything rests on.
  private final LinkedHashSet<EventId> condemned = new LinkedHashSet<>();

  Receiver(Head head, Seals seals, ParentChoice choice, Outbox out, Senders senders) {
    this.head = head;
    this.seals = seals;
    this.choice = choice;
    this.out = out;
    this.senders = senders;
  }

  int orphanEvents() {
    return orphans.events();
  }

  /// Whether the event is in the head, or is the last of a run that waits to get there.
  boolean holds(EventId id) {
    return waitingIds.contains(id) || head.contains(id);
  }

  /// Whether runs wait for the next batch.
  boolean runsWait() {
    return !waiting.isEmpty();
  }

  /// When the run came that waits longest for ancestors, of those this peer gave.
  OptionalLong oldestOrphanNanos(int peer) {
    return orphans.oldest(peer).stream().mapToLong(Arrival::atNanos).findFirst();
  }

  /// Takes a run as far as it goes now.
  Arrival offer(int peer, Way way, Run run, long nowNanos) {
    if (peer != Arrival.LOCAL) {
      pace.count(run.events().size(), nowNanos);
    }
    var arrival = new Arrival(peer, way, run, nowNanos);
    advanceAll(arrival, nowNanos);
    return arrival;
  }

  /// Lets the runs that wait for their batch go on.
  void integrate(long nowNanos) {
    var batch = List.copyOf(waiting);
    forgetWaiting();
    for (var arrival : batch) {
      arrival.step(ReceptionStep.BATCH_DUE);
      advanceAll(arrival, nowNanos);
    }
  }

  private void advanceAll(Arrival first, long nowNanos) {
    var work = new ArrayDeque<Arrival>();
    work.add(first);
    while (!work.isEmpty()) {
      advance(work.removeFirst(), work, nowNanos);
    }
  }

  private void advance(Arrival arrival, ArrayDeque<Arrival> work, long nowNanos) {
    while (true) {
      switch (arrival.state()) {
        case OFFERED -> arrival.step(recognise(arrival));
        case UNSEALED -> arrival.step(checkSeal(arrival));
        case SEALED -> {
          boolean busy = arrival.peer() != Arrival.LOCAL && pace.busy(nowNanos);
          arrival.step(busy ? ReceptionStep.BUSY : ReceptionStep.QUIET);
        }
        case WAITING -> {
          await(arrival, work);
          return;
        }
        case INTEGRATING -> arrival.step(connect(arrival));
        case CONNECTED -> arrival.step(checkRules(arrival));
        case IN_FLIGHT -> {
          work.addAll(enter(arrival));
          return;
        }
        case ORPHAN -> {
          orphans.add(arrival, firstMissing(arrival.run()).orElseThrow());
          senders.orphaned(arrival.peer(), arrival.way() == Way.SPREAD);
          return;
        }
        case DROPPED -> {
          senders.orphaned(arrival.peer(), false);
          return;
        }
        case REJECTED -> {
          reject(arrival);
          return;
        }
        case KNOWN, ADMITTED -> {
          return;
        }
      }
    }
  }

  private ReceptionStep recognise(Arrival arrival) {
    var last = arrival.run().last().id();
    if (holds(last)) {
      return ReceptionStep.HERE;
    }
    if (arrival.peer() != Arrival.LOCAL && orphans.contains(last)) {
      var shorter = orphans.replaceable(arrival.run());
      if (shorter.isEmpty()) {
        return ReceptionStep.HERE;
      }
      shorter.get().step(ReceptionStep.NO_ROOM); // it may wait for what comes just now
    }
    for (var event : condemned.isEmpty() ? List.<Event>of() : arrival.run().events()) {
      if (condemned.contains(event.id())
          || event.parents().stream().anyMatch(condemned::contains)) {
        arrival.rejectFor(
            new Rejection(
                Reason.REJECTED_ANCESTOR, event.id() + " descends from a rejected event"));
        return ReceptionStep.CONDEMNED;
      }
    }
    return ReceptionStep.NEW;
  }

  private ReceptionStep checkSeal(Arrival arrival) {
    if (arrival.run().sealedBy(seals)) {
      return ReceptionStep.SEAL_VALID;
    }
    var last = arrival.run().last().id();
    arrival.rejectFor(
        new Rejection(Reason.WRONG_SEAL, "the seal of " + last + " is not its machine's"));
    condemn(last);
    return ReceptionStep.SEAL_WRONG;
  }

  private void await(Arrival arrival, ArrayDeque<Arrival> work) {
    if (waiting.isEmpty()) {
      out.say(new Output.SetTimer(new Timer.Integrate(), BATCH_DELAY_NANOS));
    }
    waiting.add(arrival);
    waitingIds.add(arrival.run().last().id());
    waitingSizeBytes += arrival.run().sizeBytes();
    waitingStrippedSizeBytes += arrival.run().events().stream().mapToLong(Stripped::length).sum();
    if (waitingSizeBytes >= BATCH_SIZE_BYTES_MAX
        || waitingStrippedSizeBytes >= BATCH_STRIPPED_SIZE_BYTES_MAX) {
      waiting.forEach(waiter -> waiter.step(ReceptionStep.BATCH_DUE));
      work.addAll(waiting);
      forgetWaiting();
    }
  }

  /// Leaves out a beginning that is here already, then looks for the parents of the rest.
  private ReceptionStep connect(Arrival arrival) {
    var events = arrival.run().events();
    int here = 0;
    while (here < events.size() && head.contains(events.get(here).id())) {
      here++;
    }
    if (here == events.size()) {
      return ReceptionStep.HERE;
    }
    if (here > 0) {
      arrival.shortenTo(events.subList(here, events.size()));
    }
    if (firstMissing(arrival.run()).isEmpty()) {
      return ReceptionStep.PARENTS_HERE;
    }
    return arrival.hasSender() && orphans.hasRoom(arrival.peer(), arrival.run())
        ? ReceptionStep.PARENTS_MISSING
        : ReceptionStep.NO_ROOM;
  }

  /// A parent that is neither here nor in the run, of whose events each names the one before it and
  /// no other.
  Optional<EventId> firstMissing(Run run) {
    EventId before = null;
    for (var event : run.events()) {
      for (var parent : event.parents()) {
        if (!parent.equals(before) && !head.contains(parent)) {
          return Optional.of(parent);
        }
      }
      before = event.id();
    }
    return Optional.empty();
  }

  private ReceptionStep checkRules(Arrival arrival) {
    var fault = Rules.fault(head, arrival.run().events());
    if (fault.isEmpty()) {
      return ReceptionStep.RULES_KEPT;
    }
    arrival.rejectFor(fault.get().rejection());
    condemn(fault.get().event().id());
    return ReceptionStep.RULE_BROKEN;
  }

  /// Gives the events their positions.
  ///
  /// @return orphans that waited for one of them
  private List<Arrival> enter(Arrival arrival) {
    var released = new ArrayList<Arrival>();
    long first = head.count() + 1;
    for (var event : arrival.run().events()) {
      var placed = head.enter(event);
      choice.entered(placed.node());
      out.persist(placed);
      released.addAll(orphans.release(event.id()));
    }
    arrival.endsAt(head.count());
    inFlight.add(arrival);
    senders.entered(arrival.peer(), first, head.count());
    released.forEach(orphan -> orphan.step(ReceptionStep.PARENT_ARRIVED));
    return released;
  }

  private void condemn(EventId id) {
    condemned.add(id);
    if (condemned.size() > CONDEMNED_MAX) {
      condemned.removeFirst();
    }
    for (var orphan : orphans.condemn(id)) {
      orphan.rejectFor(new Rejection(Reason.REJECTED_ANCESTOR, "descends from the rejected " + id));
      orphan.step(ReceptionStep.CONDEMNED);
    }
  }

  private void reject(Arrival arrival) {
    var rejection = arrival.rejection();
    if (rejection == null) {
      throw new IllegalStateException("a run was rejected without a reason");
    }
    senders.rejected(arrival.peer(), rejection);
  }

  void persisted(long position) {
    while (!inFlight.isEmpty() && inFlight.getFirst().lastPosition() <= position) {
      var arrival = inFlight.removeFirst();
      arrival.step(ReceptionStep.PERSISTED);
      senders.admitted(arrival);
    }
  }

  void storeFailed() {
    inFlight.forEach(arrival -> arrival.step(ReceptionStep.STORE_FAILED));
    inFlight.clear();
    dropWaiting(ReceptionStep.STORE_FAILED);
  }

  /// What is not in the head yet can be fetched again.
  void storeFull() {
    dropWaiting(ReceptionStep.STORE_FULL);
  }

  private void dropWaiting(ReceptionStep step) {
    waiting.forEach(arrival -> arrival.step(step));
    forgetWaiting();
  }

  private void forgetWaiting() {
    waiting.clear();
    waitingIds.clear();
    waitingSizeBytes = 0;
    waitingStrippedSizeBytes = 0;
  }

  /// The sender is gone: its orphans make room, and what else came from it becomes none.
  void down(int peer) {
    orphans.drop(peer).forEach(arrival -> arrival.step(ReceptionStep.NO_ROOM));
    waiting.stream().filter(arrival -> arrival.peer() == peer).forEach(Arrival::senderIsGone);
  }
}
