package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.dag.Placed;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import io.sennit.sync.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// Damaged events on their way back: wanted by uuid from one peer after the other, taken when they
/// are exactly those, and wanted again, ever more slowly, until the store says that they are
/// healed.
///
/// An event's uuid is the hash of its bytes, so nobody has to be trusted for it.
final class Healing {
  /// Runs asked for at once.
  static final int WANTED_MAX = 64;

  static final long RETRY_NANOS = 1_000_000_000L;
  private static final long RETRY_NANOS_MAX = 60_000_000_000L;

  /// A run that is wanted, named by its last event.
  private static final class Wanted {
    long dueNanos;
    long retryNanos = RETRY_NANOS;
  }

  private final EventStore store;
  private final Outbox out;
  private final TreeMap<Long, EventId> damaged = new TreeMap<>();

  /// By position of the last event of the run.
  private final TreeMap<Long, Wanted> runs = new TreeMap<>();

  private int turn;
  private boolean timerIsSet;

  Healing(EventStore store, Outbox out) {
    this.store = store;
    this.out = out;
  }

  /// Number of damaged events that are known.
  int events() {
    return damaged.size();
  }

  /// These cannot be read.
  void damaged(List<Long> positions, long nowNanos) {
    for (long position : positions) {
      if (damaged.putIfAbsent(position, store.node(position).id()) == null) {
        runs.computeIfAbsent(lastOfRun(position), _ -> new Wanted()).dueNanos = nowNanos;
      }
    }
  }

  /// Runs stand whole in the log: the next event that carries a seal ends this one's.
  private long lastOfRun(long position) {
    long last = position;
    while (!store.node(last).sealed()) {
      last++;
    }
    return last;
  }

  /// The store has made these readable again.
  void healed(List<Long> positions) {
    positions.forEach(damaged::remove);
    runs.keySet().removeIf(last -> !ofRun(last));
  }

  /// Whether the run that ends here still has a damaged event.
  private boolean ofRun(long last) {
    var before = damaged.floorKey(last);
    return before != null && lastOfRun(before) == last;
  }

  /// A peer cannot give these either: another one is asked at once.
  void refused(Collection<EventId> ids, long nowNanos) {
    for (var id : ids) {
      var wanted = runs.get(store.position(id));
      if (wanted != null && wanted.retryNanos < RETRY_NANOS_MAX) {
        wanted.dueNanos = nowNanos;
      }
    }
  }

  /// Takes from a run what heals.
  ///
  /// @return whether it was wanted
  boolean given(Run run) {
    if (damaged.isEmpty() || !runs.containsKey(store.position(run.last().id()))) {
      return false;
    }
    var healing = new ArrayList<Placed>();
    for (var event : run.events()) {
      long position = store.position(event.id());
      if (position != 0 && event.id().equals(damaged.get(position))) {
        healing.add(new Placed(store.node(position), event));
      }
    }
    if (!healing.isEmpty()) {
      out.say(new Output.Heal(healing));
    }
    return true;
  }

  void timer() {
    timerIsSet = false;
  }

  /// Asks for what is due, if there is somebody to ask.
  ///
  /// @param peers whom one can ask
  void settle(List<Integer> peers, long nowNanos) {
    if (runs.isEmpty() || peers.isEmpty()) {
      return;
    }
    var ids = new ArrayList<EventId>();
    long nextNanos = Long.MAX_VALUE;
    for (var each : runs.entrySet()) {
      var wanted = each.getValue();
      if (wanted.dueNanos <= nowNanos && ids.size() < WANTED_MAX) {
        ids.add(store.node(each.getKey()).id());
        wanted.dueNanos = nowNanos + wanted.retryNanos;
        wanted.retryNanos = Math.min(wanted.retryNanos * 2, RETRY_NANOS_MAX);
      }
      nextNanos = Math.min(nextNanos, wanted.dueNanos);
    }
    if (!ids.isEmpty()) {
      out.send(peers.get(Math.floorMod(turn++, peers.size())), new Message.Want(ids));
    }
    if (!timerIsSet) {
      timerIsSet = true;
      out.say(new Output.SetTimer(new Timer.Heal(), Math.max(RETRY_NANOS, nextNanos - nowNanos)));
    }
  }

  /// Somebody new can be asked: what waits for its next turn is due.
  void peerCame(long nowNanos) {
    runs.values()
        .forEach(wanted -> {
          wanted.dueNanos = nowNanos;
          wanted.retryNanos = RETRY_NANOS;
        });
  }
}
