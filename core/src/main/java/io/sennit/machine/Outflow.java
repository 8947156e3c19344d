package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Rules;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import io.sennit.overlay.Route;
import io.sennit.sync.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What flows to one peer: first what it asked for, then the backlog of a difference, then what is
/// new.
///
/// Everything is a position in the log, so nothing is queued: a peer that reads slowly only has its
/// cursor far behind. While all machines are linked with each other, our own events are given, and
/// those of others announced, because the peer most likely gets them from their creator. With trees
/// the overlay says what is given to this peer; one that does not take that in time is given no
/// more until the next comparison.
final class Outflow {
  /// Gives that may be on their way to the link at once.
  private static final int GIVES_MAX = 4;

  /// A give carries about so much, or one run.
  private static final int GIVE_SIZE_BYTES = 256 * 1024;

  /// Positions looked at and ids announced in one message, at most.
  private static final int HAVE_MAX = 512;

  private static final int WANTED_MAX = 4096;

  /// Runs that the overlay wants given to a peer and that wait, at most.
  static final int SPREAD_MAX = 1024;

  /// An event is wanted when it was announced, again when it was late, and again when it is
  /// damaged: so often on average, and so many besides.
  private static final int WANTED_TIMES = 4;

  private static final long WANTED_TOTAL_MIN = 65_536;

  private final int peer;
  private final MachineId self;
  private final Head head;
  private final EventStore store;
  private final Outbox out;

  private final ArrayDeque<EventId> wanted = new ArrayDeque<>();

  /// Positions of the last events of runs that are wanted because the peer's overlay missed them.
  private final TreeMap<Long, Route> pulled = new TreeMap<>();

  private long wantedTotal;
  private long[] backlog = new long[0];
  private int backlogAt;
  private boolean endDue;
  private @Nullable EventId brokenOffAt;

  /// The peer holds, or is given by the backlog, everything up to here; -1 while nobody knows.
  private long cursor = -1;

  /// What came from the peer above the cursor: first position to last.
  private final TreeMap<Long, Long> came = new TreeMap<>();

  /// Up to here, what is new flows as in a mesh; what comes after it, as the overlay says.
  private long meshUpTo = Long.MAX_VALUE;

  /// By the position of the last event, the route of each run that the overlay wants given.
  private final TreeMap<Long, Route> spread = new TreeMap<>();

  /// Whether the overlay wanted more than the peer takes: the next comparison finds what it lacks.
  private boolean fellBehind;

  private int undrained;
  private boolean paused;

  Outflow(int peer, MachineId self, Head head, EventStore store, Outbox out) {
    this.peer = peer;
    this.self = self;
    this.head = head;
    this.store = store;
    this.out = out;
  }

  /// The peer holds everything up to this position, the end of a run.
  void holds(long position) {
    caughtUp(position);
    while (backlogAt < backlog.length && backlog[backlogAt] <= position) {
      backlogAt++;
    }
  }

  private void caughtUp(long position) {
    if (!paused) {
      cursor = Math.max(cursor, position);
      fellBehind = false;
      spread.headMap(position, true).clear();
    }
  }

  /// The peer takes nothing, or takes again: what flows next, the next comparison says.
  void pause(boolean on) {
    paused = on;
    cursor = -1;
    wanted.clear();
    pulled.clear();
    spread.clear();
    fellBehind = false;
    backlog = new long[0];
    backlogAt = 0;
  }

  /// Whether from now on the overlay says what is given.
  void trees(boolean on) {
    meshUpTo = on ? head.durable() : Long.MAX_VALUE;
    if (!on) {
      fellBehind = false;
    }
  }

  /// The overlay wants this run given.
  ///
  /// @param last the position of its last event
  void spread(long last, Route route) {
    if (paused || fellBehind || cameFromPeer(last)) {
      return;
    }
    if (spread.size() >= SPREAD_MAX) {
      spread.clear();
      fellBehind = true;
    } else {
      spread.put(last, route);
    }
  }

  /// The overlay wants this run given, because the peer asked for it: before anything that is new.
  ///
  /// @return whether the peer may lack it, going by how much it wanted on this link
  boolean pulled(long last, Route route) {
    if (!paused && pulled.size() < WANTED_MAX) {
      pulled.put(last, route);
    }
    wantedTotal++;
    return mayLackSoMuch();
  }

  /// The peer was not given what the overlay wanted, and has taken everything else by now.
  boolean mayHaveMissed() {
    return fellBehind && undrained == 0;
  }

  /// Streams these positions, then goes on with what came after `position`.
  void difference(long[] positions, long position) {
    backlog = paused ? new long[0] : positions;
    backlogAt = 0;
    endDue = true;
    caughtUp(position);
  }

  /// The peer sent what now stands at these positions.
  void came(long first, long last) {
    var before = came.lastEntry();
    if (before != null && before.getValue() == first - 1) {
      came.put(before.getKey(), last);
    } else {
      came.put(first, last);
    }
  }

  /// Gives these before anything else.
  ///
  /// @return whether the peer may lack them, going by how much it wanted on this link
  boolean want(Collection<EventId> ids) {
    for (var id : ids) {
      if (!paused && wanted.size() < WANTED_MAX) {
        wanted.add(id);
      }
    }
    wantedTotal += ids.size();
    return mayLackSoMuch();
  }

  private boolean mayLackSoMuch() {
    return wantedTotal <= WANTED_TOTAL_MIN + WANTED_TIMES * head.durable();
  }

  void drained() {
    undrained--;
  }

  /// The damaged event at which the stream of a difference ended just now, once.
  Optional<EventId> brokenOffAt() {
    var at = Optional.ofNullable(brokenOffAt);
    brokenOffAt = null;
    return at;
  }

  /// Hands out as much as the link may have at once.
  ///
  /// @return whether the last of a difference was handed out just now
  boolean pump() {
    while (undrained < GIVES_MAX) {
      if (!wanted.isEmpty()) {
        giveWanted();
      } else if (!pulled.isEmpty()) {
        giveFirst(pulled);
      } else if (backlogAt < backlog.length) {
        giveBacklog();
      } else if (endDue) {
        endDue = false;
        backlog = new long[0];
        backlogAt = 0;
        return true;
      } else if (cursor >= 0 && cursor < Math.min(head.durable(), meshUpTo)) {
        goOn();
      } else if (cursor >= 0 && !spread.isEmpty()) {
        giveFirst(spread);
      } else {
        skip();
        return false;
      }
    }
    return false;
  }

  /// What is left is no matter of the log: the overlay has said what is given.
  private void skip() {
    if (cursor >= 0) {
      cursor = head.durable();
      forgetWhatCame();
    }
  }

  private void forgetWhatCame() {
    came.headMap(cursor, true).values().removeIf(last -> last <= cursor);
  }

  private void giveWanted() {
    var parcel = new Parcel();
    var damaged = new ArrayList<EventId>();
    while (!wanted.isEmpty() && !parcel.full()) {
      var id = wanted.removeFirst();
      long last = store.position(id);
      if (last != 0 && last <= head.durable()) {
        if (!runEndingAt(last).stream().allMatch(parcel::add)) {
          damaged.add(id);
        }
        parcel.forgetRun();
      }
    }
    if (!damaged.isEmpty()) {
      out.send(peer, new Message.Damaged(damaged, false));
    }
    give(parcel);
  }

  /// The whole run, by the predecessors of its last event.
  private List<Long> runEndingAt(long last) {
    var positions = new ArrayList<Long>();
    long position = last;
    while (position != 0) {
      positions.add(position);
      position = Rules.predecessor(store::node, store.node(position));
    }
    Collections.reverse(positions);
    return positions;
  }

  private void giveBacklog() {
    var parcel = new Parcel();
    while (backlogAt < backlog.length && !parcel.full()) {
      long position = backlog[backlogAt];
      var packed = parcel.betweenRuns() ? packed(position) : Optional.<PackedRuns>empty();
      if (packed.isPresent()) {
        give(parcel);
        give(packed.get());
        backlogAt += packed.get().events();
        return;
      }
      backlogAt++;
      if (!parcel.add(position)) {
        breakOff(store.node(position).id());
      }
    }
    give(parcel);
  }

  /// What the store keeps packed from here on, if the peer lacks all of it.
  private Optional<PackedRuns> packed(long position) {
    return store
        .packed(position)
        .filter(runs -> {
          int last = backlogAt + runs.events() - 1; // positions ascend, so none is left out between
          return last < backlog.length && backlog[last] == position + runs.events() - 1;
        });
  }

  /// Ends the stream; what the peer holds is unknown again, so that nothing new follows whose
  /// ancestors it was not given.
  private void breakOff(EventId damaged) {
    backlog = new long[0];
    backlogAt = 0;
    endDue = false;
    cursor = -1;
    brokenOffAt = damaged;
  }

  /// The first runs that the overlay wants given, as far as they have the same route.
  private void giveFirst(NavigableMap<Long, Route> runs) {
    var route = runs.firstEntry().getValue();
    var parcel = new Parcel();
    while (!runs.isEmpty() && runs.firstEntry().getValue().equals(route) && !parcel.full()) {
      for (long position : runEndingAt(runs.pollFirstEntry().getKey())) {
        if (!parcel.addNew(position)) {
          break; // it is found to be missing by the next comparison
        }
      }
      parcel.forgetRun();
    }
    give(parcel, Optional.of(route));
  }

  /// What is new: our own runs as they are, the others' by name, the peer's own not at all.
  private void goOn() {
    long upTo = Math.min(head.durable(), meshUpTo);
    var parcel = new Parcel();
    var have = new ArrayList<EventId>();
    var packed = Optional.<PackedRuns>empty();
    while (packed.isEmpty() && cursor < upTo && have.size() < HAVE_MAX && !parcel.full()) {
      packed = parcel.betweenRuns() ? newAndPacked(cursor + 1) : packed;
      if (packed.isPresent()) {
        cursor += packed.get().events();
        continue;
      }
      var node = store.node(++cursor);
      if (node.machine().equals(self)) {
        if (!cameFromPeer(cursor) && !parcel.addNew(cursor)) {
          parcel.skipRun(); // it is found to be missing by the next comparison
        }
      } else if (node.sealed() && !cameFromPeer(cursor)) {
        have.add(node.id());
      }
    }
    forgetWhatCame();
    if (!have.isEmpty()) {
      out.send(peer, new Message.Have(have));
    }
    give(parcel);
    packed.ifPresent(this::give);
  }

  /// What the store keeps packed from here on, if all of it is our own and new to the peer.
  private Optional<PackedRuns> newAndPacked(long first) {
    return isOursAndNew(first)
        ? store
            .packed(first)
            .filter(runs ->
                LongStream.range(first + 1, first + runs.events()).allMatch(this::isOursAndNew))
        : Optional.empty();
  }

  private boolean isOursAndNew(long position) {
    return position <= head.durable()
        && store.node(position).machine().equals(self)
        && !cameFromPeer(position);
  }

  private boolean cameFromPeer(long position) {
    Map.Entry<Long, Long> interval = came.floorEntry(position);
    return interval != null && position <= interval.getValue();
  }

  private void give(PackedRuns runs) {
    undrained++;
    out.send(peer, new Message.Packed(runs));
  }

  private void give(Parcel parcel) {
    give(parcel, Optional.empty());
  }

  private void give(Parcel parcel, Optional<Route> route) {
    if (!parcel.runs.isEmpty()) {
      undrained++;
      out.send(peer, new Message.Give(parcel.runs, Optional.empty(), route));
    }
  }

  /// Whole runs, collected event by event.
  private final class Parcel {
    final List<Run> runs = new ArrayList<>();
    private final List<Event> open = new ArrayList<>();
    private long sizeBytes;
    private boolean skipping;

    /// Whether the event could be read.
    boolean add(long position) {
      return add(position, store::intact);
    }

    /// The same for one that may have become durable just now.
    boolean addNew(long position) {
      return add(position, at -> head.justDurable(at).or(() -> store.intact(at)));
    }

    private boolean add(long position, LongFunction<Optional<Event>> read) {
      if (skipping) {
        skipping = !store.node(position).sealed();
        return true;
      }
      var found = read.apply(position);
      if (found.isEmpty()) {
        skipping = !store.node(position).sealed();
        return false;
      }
      var event = found.get();
      sizeBytes += event.body().length;
      open.add(event);
      if (event.sealed()) {
        runs.add(new Run(open));
        open.clear();
      }
      return true;
    }

    /// Leaves out the rest of the run whose beginning was added, too.
    void skipRun() {
      open.clear();
    }

    /// What comes next belongs to no run that was begun.
    void forgetRun() {
      open.clear();
      skipping = false;
    }

    boolean betweenRuns() {
      return open.isEmpty() && !skipping;
    }

    boolean full() {
      return open.isEmpty() && sizeBytes >= GIVE_SIZE_BYTES;
    }
  }
}
