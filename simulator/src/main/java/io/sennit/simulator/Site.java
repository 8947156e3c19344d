package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.dag.MemoryStore;
import io.sennit.event.Draft;
import io.sennit.event.EventId;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.machine.RequestKey;
import io.sennit.machine.Timer;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.sync.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One machine with its pretended disk: drives the core as the node does, and audits every step.
public final class Site {
  /// One sender's orphans, at most (I9).
  private static final int ORPHAN_EVENTS_MAX = 4096;

  private final World world;
  private final int number;
  private final Root root;
  private final Signer signer;
  private final Seals seals;

  private Disk disk;
  private Audit audit;
  private Machine machine;

  /// Counts the starts, so that what was on its way to a machine that crashed is not delivered to
  /// the next.
  private int life;

  private boolean running;
  private boolean paused;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();

  /// A monotonic clock begins anywhere.
  private long clockNanos;

  private String wallTime = World.TIME;

  private final TreeMap<Integer, Line> lines = new TreeMap<>();

  /// Timers by when they are due. Only looked up, never iterated.
  private final Map<Timer, Long> timers = new HashMap<>();

  /// Appends that wait for an answer.
  private final TreeMap<Long, Request> pending = new TreeMap<>();

  /// Requests with a key, whether answered or not: what a client can send again.
  private final List<Request> keyed = new ArrayList<>();

  /// Whom it could link with when it stopped last.
  private List<Contact> book = List.of();

  private final TreeSet<EventId> acknowledged = new TreeSet<>();
  private int nextPeer = 1;
  private long nextRequest = 1;
  private long published;
  private int payloadCopies;
  private long latestSentNanos;

  /// What a client wants to say.
  ///
  /// @param mark stands in each of its events and in no other
  /// @param key empty when the client gave none
  record Request(String mark, List<Draft> drafts, Optional<RequestKey> key) {}

  Site(World world, int number, Root root, Signer signer, Seals seals, Disk disk) {
    this.world = world;
    this.number = number;
    this.root = root;
    this.signer = signer;
    this.seals = seals;
    this.disk = disk;
    this.audit = new Audit(number, signer.machine(), disk.store());
    this.machine = newMachine();
    begin();
  }

  private Machine newMachine() {
    return world.tap().begin(number, disk.store(), root, signer, seals, world.nextSeed());
  }

  private void begin() {
    running = true;
    clockNanos = world.below(1L << 50) - (1L << 49) - world.nowNanos();
    published = 0;
    world.changed();
    handle(new Input.Loaded());
    if (world.hasOverlay()) {
      handle(new Input.Carrying(capacity()));
      handle(new Input.Listening(address()));
      handle(new Input.Known(book));
    }
  }

  /// Where other sites dial it.
  private String address() {
    return "site:" + number;
  }

  /// One of five can carry little, one of five much.
  private Capacity capacity() {
    return switch (number % 5) {
      case 0 -> Capacity.PUBLIC;
      case 4 -> Capacity.LEAF;
      default -> Capacity.HOME;
    };
  }

  /// Counts from 0.
  public int number() {
    return number;
  }

  /// What is durable here.
  public MemoryStore store() {
    return disk.store();
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

  boolean running() {
    return running;
  }

  boolean paused() {
    return paused;
  }

  Disk disk() {
    return disk;
  }

  Audit audit() {
    return audit;
  }

  Signer signer() {
    return signer;
  }

  int life() {
    return life;
  }

  /// Whether it runs, and nothing is on its way to its disk.
  boolean atRest() {
    return running && !paused && disk.idle() && audit.atRest();
  }

  /// Says something; the answer comes once it is durable. Each event also says `r`, the request,
  /// and `s`, the site.
  public void append(List<String> jsons) {
    append(jsons, false);
  }

  void append(List<String> jsons, boolean withKey) {
    var drafts = new ArrayList<Draft>(jsons.size());
    var mark = "\"r\":" + nextRequest + ",\"s\":" + number;
    for (var json : jsons) {
      var body = json.substring(0, json.length() - 1);
      drafts.add(World.draft(body + (body.length() > 1 ? "," : "") + mark + "}", wallTime));
    }
    var key = new RequestKey(mark, String.valueOf(jsons.hashCode()));
    var request = new Request(mark, drafts, withKey ? Optional.of(key) : Optional.empty());
    if (withKey) {
      keyed.add(request);
    }
    ask(request);
  }

  private void ask(Request request) {
    long asked = nextRequest++;
    pending.put(asked, request);
    handle(new Input.Append(asked, request.drafts, request.key.orElse(null)));
  }

  /// A client asks again for what it has asked before.
  ///
  /// @return whether there is such a request
  boolean askAgain() {
    if (keyed.isEmpty()) {
      return false;
    }
    ask(keyed.get((int) world.below(keyed.size())));
    return true;
  }

  /// The requests that may have been carried out once, and never twice.
  List<Request> keyed() {
    return keyed;
  }

  /// An application hands in what others wrote.
  void offer(List<Run> runs) {
    handle(new Input.Offer(nextRequest++, runs));
  }

  void wallTime(String time) {
    wallTime = time;
  }

  /// Stops at any moment, loses some of what is not synced, and starts again.
  public void crash() {
    stop();
    start();
  }

  void stop() {
    world.words(number, "crash");
    book = machine.book();
    running = false;
    paused = false;
    held.clear();
    life++;
    var open = new TreeMap<>(lines);
    lines.clear();
    open.forEach((peer, line) -> line.died(this, peer));
    timers.clear();
    pending.clear();
    disk.crash();
    audit.crashed(disk.store());
  }

  void start() {
    world.words(number, "start");
    machine = newMachine();
    begin();
  }

  /// Goes on with what an older backup holds. It must be stopped. What clients asked may be carried
  /// out once more.
  void restore(Disk backup) {
    keyed.clear();
    world.words(number, "a backup of " + backup.store().count() + " events is restored");
    disk = backup;
    audit = new Audit(number, signer.machine(), disk.store());
  }

  /// The disk has no room for more than what is on its way.
  void full() {
    handle(new Input.StoreFull("the pretended disk is full"));
  }

  /// There is room again, once what was on its way is durable.
  void room() {
    int started = life;
    live(() -> {
      if (life != started || !running || disk.failed()) {
        return;
      }
      if (disk.idle()) {
        handle(new Input.StoreRoom());
      } else {
        world.in(10_000_000, this::room);
      }
    });
  }

  void pause() {
    world.words(number, "pause");
    paused = true;
  }

  void goOn() {
    if (paused) {
      world.words(number, "go on");
      paused = false;
      world.changed();
      while (!held.isEmpty() && !paused) {
        held.removeFirst().run();
      }
    }
  }

  /// Something happens to the process: now, or when it goes on.
  void live(Runnable action) {
    if (paused) {
      held.add(action);
    } else {
      action.run();
    }
  }

  int linked(Line line) {
    int peer = nextPeer++;
    lines.put(peer, line);
    return peer;
  }

  void unlinked(int peer) {
    lines.remove(peer);
  }

  void received(int peer, Message message, long sentNanos) {
    if (sentNanos < latestSentNanos) {
      world.tally().count(Fault.OVERTAKEN);
    }
    latestSentNanos = Math.max(latestSentNanos, sentNanos);
    if (message instanceof Message.Give(var runs, _, _)) {
      payloadCopies += runs.stream().mapToInt(run -> run.events().size()).sum();
      world.tally().count(Fault.REPEATED, audit.offered(runs));
    }
    handle(new Input.Received(peer, message));
    if (message instanceof Message.Give) {
      int orphans = machine.status().orphans();
      unless(
          orphans <= ORPHAN_EVENTS_MAX * lines.size(),
          "I9",
          () -> this + " keeps " + orphans + " orphans of " + lines.size() + " peers");
    }
  }

  void handle(Input input) {
    world.input(number, input);
    if (input instanceof Input.Offer(_, var runs)) {
      audit.offered(runs);
    }
    for (var output : outputs(input)) {
      world.output(number, output);
      obey(output);
    }
    unless(
        pending.isEmpty() || !disk.idle(),
        "I12",
        () -> this + " lets appends wait although its disk is free: " + pending.keySet());
  }

  private List<Output> outputs(Input input) {
    try {
      return world.tap().handle(number, machine, input, world.nowNanos() + clockNanos);
    } catch (RuntimeException e) {
      throw new Violation("CORE", this + " broke off: " + e, e);
    }
  }

  private void obey(Output output) {
    switch (output) {
      case Output.Persist(var batch) -> {
        batch.forEach(placed -> world.lies().admitted(placed.event()));
        audit.persist(batch);
        disk.write(batch, this, this::persisted, this::refused);
      }
      case Output.Acknowledge(var request, var positions) -> acknowledge(request, positions);
      case Output.Decline(var request, _) -> pending.remove(request);
      case Output.NoRoom(var request, _) -> pending.remove(request);
      case Output.Mismatch(var request, _) ->
          throw new Violation("ONCE", this + " takes request " + request + " for another one");
      case Output.Unknown(var request, _) -> {
        pending.remove(request);
        world.tally().count(Fault.UNKNOWN_ANSWER);
      }
      case Output.Publish(var position) -> {
        audit.durableUpTo(position, "published");
        unless(position >= published, "I4", () -> this + " publishes " + position + " again");
        published = position;
      }
      case Output.Send(var peer, var message) -> send(peer, message);
      case Output.Disconnect(var peer, _) -> hangUp(peer);
      case Output.LetGo(var peer, _) -> hangUp(peer);
      case Output.Dial(var contact) -> dial(contact);
      case Output.SetTimer(var timer, var delayNanos) -> setTimer(timer, delayNanos);
      case Output.Heal _ ->
          throw new IllegalStateException("nothing is damaged in this world, and yet it heals");
      case Output.Report _ -> {
        // For people; the trace has it.
      }
    }
  }

  private void hangUp(int peer) {
    var line = lines.get(peer);
    if (line != null) {
      line.hangUp(this, peer);
    }
  }

  /// There is a link, or none, as soon as the dialled site could have answered.
  private void dial(Contact contact) {
    int started = life;
    world.in(
        world.latencyNanos() + world.latencyNanos(),
        () ->
            live(() -> {
              if (life == started && !world.dial(this, contact)) {
                handle(new Input.Unreachable(contact));
              }
            }));
  }

  private void persisted(long position) {
    for (long at = audit.durable() + 1L; at <= position; at++) {
      world.durable(disk.store().node(at).id());
    }
    audit.durable(disk.store());
    world.changed();
    handle(new Input.Persisted(position));
  }

  private void refused(String why) {
    handle(new Input.StoreFailed(why, false));
  }

  private void acknowledge(long number, List<Long> positions) {
    var request = pending.remove(number);
    if (request == null) {
      return; // an offer
    }
    unless(
        request.drafts.size() == positions.size(),
        "I7",
        () -> this + " acknowledges " + positions.size() + " of " + request.drafts.size());
    for (long position : positions) {
      audit.durableUpTo(position, "acknowledged");
      var event = disk.store().event(position);
      unless(
          World.text(event).contains(request.mark),
          "I7",
          () -> this + " acknowledges position " + position + ", where another event stands");
      acknowledged.add(event.id());
    }
  }

  private void send(int peer, Message message) {
    audit.says(message);
    var line = lines.get(peer);
    if (line != null) {
      line.send(this, peer, message);
    }
  }

  private void setTimer(Timer timer, long delayNanos) {
    long dueNanos = world.nowNanos() + delayNanos;
    timers.put(timer, dueNanos);
    int started = life;
    world.in(
        delayNanos,
        () ->
            live(() -> {
              if (life == started && Long.valueOf(dueNanos).equals(timers.get(timer))) {
                timers.remove(timer);
                handle(new Input.TimerFired(timer));
              }
            }));
  }

  @Override
  public String toString() {
    return "site " + number + " with " + audit.durable() + " events";
  }
}
