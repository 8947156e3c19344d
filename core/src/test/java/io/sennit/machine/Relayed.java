package io.sennit.machine;

import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.dag.MemoryStore;
import io.sennit.event.Event;
import io.sennit.event.PretendSigner;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Many machines, each linked with a relay alone, which hands what one gives to all others after a
/// delay that is the same for all. Disks sync at once.
final class Relayed {
  private static final int RELAY = 1;

  private final long delayNanos;
  private final boolean batches;
  private final List<Site> sites = new ArrayList<>();
  private final PriorityQueue<Due> dues = new PriorityQueue<>();
  private long sequence;
  private long nowNanos;

  /// All events but R, in the order in which they were written.
  final List<Event> events = new ArrayList<>();

  private record Due(long atNanos, long sequence, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  /// @param batches whether remote events wait for each other as the machine wants; else the timer
  ///   of the batch fires at once
  Relayed(int machines, long delayNanos, boolean batches) {
    this.delayNanos = delayNanos;
    this.batches = batches;
    var root = Graphs.root();
    for (int i = 0; i < machines; i++) {
      sites.add(new Site(i, root));
    }
    sites.forEach(site -> site.greet(root));
  }

  private void at(long delay, Runnable what) {
    dues.add(new Due(nowNanos + delay, sequence++, what));
  }

  /// The machine writes one event after so long.
  void writeIn(long delay, int machine) {
    at(delay, sites.get(machine)::write);
  }

  /// Until then.
  void runUntil(long nanos) {
    while (!dues.isEmpty() && dues.element().atNanos <= nanos) {
      var due = dues.remove();
      nowNanos = due.atNanos;
      due.what.run();
    }
    nowNanos = nanos;
  }

  Status status(int machine) {
    return sites.get(machine).machine.status(nowNanos);
  }

  private final class Site {
    private final MemoryStore store = new MemoryStore();
    private final Machine machine;
    private long requests;

    Site(int number, Root root) {
      store.append(List.of(Graphs.place(store, root.event())));
      machine =
          new Machine(store, root, PretendSigner.number(number), PretendSigner.seals(), number);
      handle(new Input.Loaded());
    }

    void greet(Root root) {
      var id = root.event().id();
      var frontier = new Frontier(1, Digests.ofTips(List.of(id)), List.of(id), 1);
      var snapshot =
          new Snapshot(frontier, 1, new Ladder(0, List.of()), new AuthorTips(0, List.of()));
      handle(new Input.PeerUp(RELAY, PretendSigner.number(-1).machine()));
      handle(
          new Input.Received(RELAY, new Message.Hello(Message.VERSION, id, "", false, snapshot)));
    }

    void write() {
      handle(new Input.Append(++requests, List.of(Graphs.draft("{\"n\":" + requests + "}"))));
    }

    void handle(Input input) {
      for (var output : machine.handle(input, nowNanos)) {
        switch (output) {
          case Output.Persist(var batch) -> {
            store.append(batch);
            at(0, () -> handle(new Input.Persisted(batch.getLast().position())));
          }
          case Output.Send(_, Message.Give(var runs, _, _)) -> {
            runs.forEach(run -> events.addAll(run.events()));
            at(0, () -> handle(new Input.Drained(RELAY)));
            at(delayNanos, () -> passOn(runs));
          }
          case Output.SetTimer(Timer.Integrate timer, var delay) ->
              at(batches ? delay : 0, () -> handle(new Input.TimerFired(timer)));
          case Output.Disconnect(_, var why) -> throw new AssertionError(why);
          default -> {
            // Nobody asks, and nobody else is told.
          }
        }
      }
    }

    private void passOn(List<Run> runs) {
      for (var other : sites) {
        if (other != this) {
          other.handle(new Input.Received(RELAY, new Message.Give(runs, Optional.empty())));
        }
      }
    }
  }
}
