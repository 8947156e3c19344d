package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.dag.MemoryStore;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import io.sennit.machine.Input;
import io.sennit.machine.Invariant;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.machine.Timer;
import io.sennit.sync.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Histories of real shape, offered to several machines in random orders, with duplicates and in
/// batches of any size: the same tips and the same digest everywhere.
final class HistoryTest {
  /// A trace of real commits that some of us keep beside the project; where it is absent the test
  /// on it is skipped, and the one on generated histories does the work.
  private static final Path TRACE = Path.of("../../shared/data/git-history.ndjson.gz");

  @Test
  @Shows(Invariant.I8)
  void aGeneratedHistoryGivesTheSameDigestInEveryOrder() {
    Seeds.check(
        4,
        random -> {
          var history = Histories.generated(random, 3_000);
          offerToMachines(history, 3, random);
        });
  }

  @Test
  @Shows(Invariant.I8)
  void aRealHistoryGivesTheSameDigestInEveryOrder() throws Exception {
    var history = Histories.real(TRACE, Integer.MAX_VALUE);
    assumeTrue(history.isPresent(), "the trace of real commits is not on this computer");
    assertThat(history.get()).hasSizeGreaterThan(80_000);
    Seeds.check(1, random -> offerToMachines(history.get(), 3, random));
  }

  private static void offerToMachines(List<Event> history, int machines, SplittableRandom random) {
    var tips = Graphs.store(history).tips();
    for (int i = 0; i < machines; i++) {
      var taker = new Taker();
      taker.takeAll(history, random);
      assertThat(taker.store.count()).isEqualTo(history.size());
      assertThat(taker.machine.status().tips()).isEqualTo(tips);
      assertThat(taker.machine.status().digest()).isEqualTo(Digests.ofTips(tips));
      assertThat(taker.machine.status().orphans()).isZero();
    }
  }

  /// A machine whose peer gives everything in a mess.
  private static final class Taker {
    final MemoryStore store = new MemoryStore();
    final Machine machine;
    private long nowNanos;

    Taker() {
      var root = Graphs.root();
      store.append(List.of(World.placeOf(root)));
      machine = new Machine(store, root, PretendSigner.number(9_999), PretendSigner.seals(), 1);
      handle(new Input.Loaded());
      handle(new Input.PeerUp(1, PretendSigner.number(9_998).machine()));
    }

    /// Windows of a few hundred events are shuffled, parts are given twice, batches have any size;
    /// what was dropped because too many orphans waited is given again, as reconciliation would.
    void takeAll(List<Event> history, SplittableRandom random) {
      List<Event> left = new ArrayList<>(history.subList(1, history.size()));
      while (!left.isEmpty()) {
        var mess = new ArrayList<Event>();
        for (int from = 0; from < left.size(); from += 400) {
          var window = left.subList(from, Math.min(left.size(), from + 400));
          mess.addAll(Graphs.shuffled(window, random));
          mess.addAll(window.subList(0, random.nextInt(window.size() + 1)));
        }
        int at = 0;
        while (at < mess.size()) {
          int to = Math.min(mess.size(), at + random.nextInt(1, 200));
          give(mess.subList(at, to));
          at = to;
        }
        left = left.stream().filter(event -> store.position(event.id()) == 0).toList();
      }
    }

    private void give(List<Event> events) {
      var runs = events.stream().map(event -> new Run(List.of(event))).toList();
      handle(new Input.Received(1, new Message.Give(runs, Optional.empty())));
      nowNanos += 5_000_000;
      handle(new Input.TimerFired(new Timer.Integrate()));
    }

    private void handle(Input input) {
      long last = 0;
      for (var output : machine.handle(input, nowNanos)) {
        if (output instanceof Output.Persist(var batch)) {
          store.append(batch);
          last = batch.getLast().position();
        }
      }
      if (last > 0) {
        handle(new Input.Persisted(last));
      }
    }
  }

  /// A million events of one machine: nothing grows with the height but the store.
  @Test
  void oneMachineWritesAChainOfAMillionEvents() {
    var taker = new Taker();
    var drafts = new ArrayList<Draft>();
    for (int n = 0; n < 4_000; n++) {
      drafts.add(Graphs.draft("{\"n\":" + n + "}"));
    }
    for (int batch = 0; batch < 250; batch++) {
      taker.handle(new Input.Append(batch, drafts));
    }
    assertThat(taker.store.count()).isEqualTo(1_000_001);
    assertThat(taker.store.node(1_000_001).height()).isEqualTo(1_000_000);
    assertThat(taker.machine.status().tips()).hasSize(1);
    EventId first = taker.store.node(2).id();
    assertThat(taker.store.position(first)).isEqualTo(2);
  }
}
