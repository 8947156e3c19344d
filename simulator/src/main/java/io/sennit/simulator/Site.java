package io.sennit.simulator;

import io.sennit.dag.MemoryStore;
import io.sennit.dag.Placed;
import io.sennit.event.Draft;
import io.sennit.event.EventId;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.machine.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One machine with its pretended disk: drives the core as the node does.
public final class Site {
  private final World world;
  private final int number;
  private final Root root;
  private final Signer signer;
  private final Seals seals;
  private final MemoryStore store;

  private Machine machine;

  /// Counts the starts, so that what was on its way to a machine that crashed is not delivered to
  /// the next.
  private int life;

  /// Batches that were handed to the disk and not synced yet.
  private final List<List<Placed>> unsynced = new ArrayList<>();

  private boolean syncing;

  /// The link at each peer number, and timers by when they are due. Only looked up, never iterated.
  private final TreeMap<Integer, Link> links = new TreeMap<>();

  private final Map<Timer, Long> timers = new HashMap<>();
  private final TreeSet<EventId> acknowledged = new TreeSet<>();
  private final Audit audit;
  private int nextPeer = 1;
  private long nextRequest = 1;
  private long published;
  private int payloadCopies;

  Site(World world, int number, Root root, Signer signer, Seals seals) {
    this.world = world;
    this.number = number;
    this.root = root;
    this.signer = signer;
    this.seals = seals;
    this.store = new MemoryStore();
    this.audit = new Audit(number, signer.machine(), store);
    store.append(List.of(World.placeOf(root)));
    this.machine = newMachine();
    handle(new Input.Loaded());
  }

  private Machine newMachine() {
    return new Machine(store, root, signer, seals, world.nextSeed());
  }

  /// Counts from 0.
  public int number() {
    return number;
  }

  /// What is durable here.
  public MemoryStore store() {
    return store;
  }

  /// The core's own view.
  public Machine machine() {
    return machine;
  }

  /// Events whose appends were acknowledged, over all lives.
  public SortedSet<EventId> acknowledged() {
    return acknowledged;
  }

  /// Events that peers gave, known ones included.
  public int payloadCopies() {
    return payloadCopies;
  }

  /// Says something; the answer comes once it is durable.
  public void append(List<String> jsons) {
    var drafts = new ArrayList<Draft>();
    for (var json : jsons) {
      drafts.add(World.draft(json));
    }
    handle(new Input.Append(nextRequest++, drafts));
  }

  /// Loses what is not synced, and every link; starts again from what is durable.
  public void crash() {
    world.trace(number, "crash");
    for (var link : List.copyOf(links.values())) {
      world.cut(link);
    }
    life++;
    unsynced.clear();
    syncing = false;
    timers.clear();
    machine = newMachine();
    handle(new Input.Loaded());
  }

  int linked(Link link) {
    int peer = nextPeer++;
    links.put(peer, link);
    return peer;
  }

  void unlinked(int peer) {
    links.remove(peer);
  }

  Signer signer() {
    return signer;
  }

  int life() {
    return life;
  }

  void handle(Input input) {
    world.trace(number, describe(input));
    if (input instanceof Input.Received(_, io.sennit.sync.Message.Give(var runs, _))) {
      payloadCopies += runs.stream().mapToInt(run -> run.events().size()).sum();
    }
    for (var output : machine.handle(input, world.nowNanos())) {
      obey(output);
    }
    audit.check();
  }

  private void obey(Output output) {
    switch (output) {
      case Output.Persist(var batch) -> {
        unsynced.add(batch);
        sync();
      }
      case Output.Acknowledge(_, var positions) -> {
        for (long position : positions) {
          if (position > store.count()) {
            throw new AssertionError("I7: position " + position + " acknowledged before durable");
          }
          acknowledged.add(store.node(position).id());
        }
      }
      case Output.Decline(var request, var why) ->
          world.trace(number, "decline " + request + " " + why);
      case Output.Mismatch(var request, var why) ->
          world.trace(number, "mismatch " + request + " " + why);
      case Output.Unknown(var request, var why) ->
          world.trace(number, "unknown " + request + " " + why);
      case Output.Publish(var position) -> {
        if (position > store.count()) {
          throw new AssertionError("I7: position " + position + " published before durable");
        }
        published = position;
      }
      case Output.Send(var peer, var message) -> {
        var link = links.get(peer);
        if (link != null) {
          link.send(this, peer, message);
        }
      }
      case Output.Disconnect(var peer, var why) -> {
        world.trace(number, "disconnect " + why);
        var link = links.get(peer);
        if (link != null) {
          world.in(0, () -> world.cut(link));
        }
      }
      case Output.SetTimer(var timer, var delayNanos) -> setTimer(timer, delayNanos);
      case Output.Heal _ ->
          throw new IllegalStateException("nothing is damaged in this world, and yet it heals");
      case Output.Report(_, var what) -> world.trace(number, "report " + what);
    }
  }

  /// One sync takes everything that was handed in before it began.
  private void sync() {
    if (syncing || unsynced.isEmpty()) {
      return;
    }
    syncing = true;
    var batches = List.copyOf(unsynced);
    int started = life;
    world.in(
        world.syncNanos(),
        () -> {
          if (life != started) {
            return;
          }
          syncing = false;
          unsynced.subList(0, batches.size()).clear();
          long last = 0;
          for (var batch : batches) {
            store.append(batch);
            last = batch.getLast().position();
          }
          handle(new Input.Persisted(last));
          sync();
        });
  }

  private void setTimer(Timer timer, long delayNanos) {
    long dueNanos = world.nowNanos() + delayNanos;
    timers.put(timer, dueNanos);
    int started = life;
    world.in(
        delayNanos,
        () -> {
          if (life == started && Long.valueOf(dueNanos).equals(timers.get(timer))) {
            timers.remove(timer);
            handle(new Input.TimerFired(timer));
          }
        });
  }

  private static String describe(Input input) {
    return switch (input) {
      case Input.Received(var peer, var message) ->
          "received " + peer + " " + message.getClass().getSimpleName();
      case Input.Append(var request, var drafts, _) -> "append " + request + " " + drafts.size();
      default -> input.getClass().getSimpleName();
    };
  }

  @Override
  public String toString() {
    return "site " + number + " with " + published + " events";
  }
}
