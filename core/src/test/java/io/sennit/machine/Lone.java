package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.dag.MemoryStore;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.PretendSigner;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A machine with a memory store and a disk that syncs at once, for tests that need no peers but
/// pretended ones.
final class Lone {
  /// The machine's number; others have other numbers.
  static final long NUMBER = 77;

  final MemoryStore store = new MemoryStore();
  final Machine machine;

  /// Everything it wanted done, in order, but for what was persisted.
  final List<Output> outputs = new ArrayList<>();

  private long request;
  private long nowNanos;
  private boolean syncs = true;
  private final ArrayDeque<Output.Persist> unsynced = new ArrayDeque<>();

  Lone() {
    this(Graphs.root());
  }

  Lone(Root root) {
    this(root, UnaryOperator.identity());
  }

  /// @param seen how the machine sees the store
  Lone(Root root, UnaryOperator<EventStore> seen) {
    store.append(List.of(Graphs.place(store, root.event())));
    machine =
        new Machine(
            seen.apply(store), root, PretendSigner.number(NUMBER), PretendSigner.seals(), 1);
    handle(new Input.Loaded());
  }

  /// From now on nothing is synced until [#sync].
  void holdSyncs() {
    syncs = false;
  }

  void sync() {
    while (!unsynced.isEmpty()) {
      var batch = unsynced.removeFirst().batch();
      store.append(batch);
      handle(new Input.Persisted(batch.getLast().position()));
    }
  }

  void handle(Input input) {
    for (var output : machine.handle(input, nowNanos)) {
      if (output instanceof Output.Persist persist) {
        unsynced.add(persist);
      } else {
        outputs.add(output);
      }
    }
    if (syncs) {
      sync();
    }
  }

  void pass(long nanos) {
    nowNanos += nanos;
  }

  long append(String... jsons) {
    var drafts = new ArrayList<Draft>();
    for (var json : jsons) {
      drafts.add(Graphs.draft(json));
    }
    handle(new Input.Append(++request, drafts));
    return request;
  }

  /// A peer that said Hello gives these runs.
  void give(int peer, Event... runsOfOne) {
    var runs = new ArrayList<Run>();
    for (var event : runsOfOne) {
      runs.add(new Run(List.of(event)));
    }
    give(peer, runs);
  }

  void give(int peer, List<Run> runs) {
    handle(new Input.Received(peer, new Message.Give(runs, Optional.empty())));
  }

  /// Lets whatever waits for its batch go on.
  void integrate() {
    handle(new Input.TimerFired(new Timer.Integrate()));
  }

  Event last() {
    return store.event(store.count());
  }

  /// All messages of this kind to a peer.
  <T extends Message> List<T> said(int peer, Class<T> kind) {
    return outputs.stream()
        .filter(output -> output instanceof Output.Send(var to, _) && to == peer)
        .map(output -> ((Output.Send) output).message())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  List<Output.Acknowledge> acknowledged() {
    return outputs.stream()
        .filter(Output.Acknowledge.class::isInstance)
        .map(Output.Acknowledge.class::cast)
        .toList();
  }

  /// What is packed is never heard as such.
  static Message heard(Message message) {
    var codec = new MessageCodec();
    return message instanceof Message.Packed
            && codec.decode(codec.encode(message))
                instanceof MessageCodec.Decoding.Decoded(var give)
        ? give
        : message;
  }
}
