package io.sennit.simulator.large;

import io.sennit.dag.MemoryStore;
import io.sennit.event.MachineId;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.machine.Timer;
import io.sennit.simulator.PretendKey;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// One of the [Residents]: drives the core as the node does, on a disk that takes no time.
final class Resident {
  private static final int ALARM = 0;

  /// The length before each frame.
  private static final int FRAME = 4;

  /// A timer that was set.
  private record Due(long nanos, long order, Timer timer) {}

  private final Residents all;
  private final World world;
  private final int number;
  private final MemoryStore store = new MemoryStore();
  private final Machine machine;
  private final Map<Integer, MessageCodec> codecs = new HashMap<>();
  private final ArrayDeque<Input> inbox = new ArrayDeque<>();
  private boolean handling;

  /// Timers by when they are due; those that were moved are still there, and not in the map.
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>((a, b) ->
          a.nanos != b.nanos ? Long.compare(a.nanos, b.nanos) : Long.compare(a.order, b.order));

  private final Map<Timer, Due> timers = new HashMap<>();
  private long order;

  Resident(Residents all, int number, long seed) {
    this.all = all;
    this.world = all.world();
    this.number = number;
    store.append(List.of(all.first()));
    machine =
        new Machine(store, all.root(), new PretendKey(all.id(number)), PretendKey.seals(), seed);
  }

  MemoryStore store() {
    return store;
  }

  Machine machine() {
    return machine;
  }

  void handle(Input input) {
    inbox.add(input);
    if (handling) {
      return;
    }
    handling = true;
    while (!inbox.isEmpty()) {
      machine.handle(inbox.remove(), world.nowNanos(number)).forEach(this::obey);
    }
    handling = false;
    arm();
  }

  private void obey(Output output) {
    switch (output) {
      case Output.Persist(var batch) -> {
        store.append(batch);
        all.admitted(number, batch);
        inbox.add(new Input.Persisted(store.count()));
      }
      case Output.Acknowledge(var request, var positions) ->
          all.acknowledged(request, store.node(positions.getFirst()).id());
      case Output.Send(var peer, var message) -> send(peer, message);
      case Output.Disconnect(var peer, _) -> hangUp(peer);
      case Output.LetGo(var peer, _) -> hangUp(peer);
      case Output.Dial(var contact) -> world.network().dial(number, (int) contact.machine().d());
      case Output.SetTimer(var timer, var delayNanos) -> {
        var due = new Due(world.nowNanos(number) + delayNanos, order++, timer);
        timers.put(timer, due);
        queue.add(due);
      }
      case Output.Publish _ -> {
        // Nobody reads here.
      }
      case Output.Report _,
          Output.Heal _,
          Output.Decline _,
          Output.NoRoom _,
          Output.Mismatch _,
          Output.Unknown _ ->
          throw new IllegalStateException("machine " + number + " in a sound world: " + output);
    }
  }

  // ---- links

  void up(int link, MachineId peer, boolean dialled) {
    codecs.put(link, new MessageCodec());
    handle(new Input.PeerUp(link, peer, dialled));
  }

  void down(int link) {
    codecs.remove(link);
    handle(new Input.PeerDown(link));
  }

  private void hangUp(int link) {
    if (codecs.remove(link) != null) {
      world.network().hangUp(number, link);
      inbox.add(new Input.PeerDown(link));
    }
  }

  private void send(int link, Message message) {
    var codec = codecs.get(link);
    if (codec == null) {
      return;
    }
    var bytes = codec.encode(message);
    int sizeBytes = FRAME + bytes.length;
    all.sent(number, message, sizeBytes);
    world.network().send(number, link, bytes, 0, sizeBytes);
    if (message.gives()) {
      inbox.add(new Input.Drained(link));
    }
  }

  void arrived(int link, byte[] bytes) {
    var codec = codecs.get(link);
    if (codec == null) {
      throw new IllegalStateException("a frame on link " + link + ", which is not up");
    }
    switch (codec.decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var message) -> {
        if (message instanceof Message.Give(var runs, _, var route)) {
          boolean pulled = route.isPresent() && route.get().pulled();
          for (var run : runs) {
            run.events().forEach(event -> all.payload(number, event, route.isPresent(), pulled));
          }
        }
        handle(new Input.Received(link, message));
      }
      case MessageCodec.Decoding.Refused(var why) ->
          throw new IllegalStateException("a message of ours does not decode: " + why);
    }
  }

  // ---- time

  void rang() {
    for (var due = queue.peek();
        due != null && due.nanos <= world.nowNanos(number);
        due = queue.peek()) {
      queue.remove();
      if (timers.remove(due.timer, due)) {
        handle(new Input.TimerFired(due.timer));
      }
    }
    arm();
  }

  private void arm() {
    for (var due = queue.peek(); due != null; due = queue.peek()) {
      if (due.equals(timers.get(due.timer))) {
        world.alarms().set(number, ALARM, due.nanos - world.nowNanos(number));
        return;
      }
      queue.remove();
    }
  }
}
