package io.sennit.node;

import io.sennit.dag.Placed;
import io.sennit.event.Draft;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Mode;
import io.sennit.machine.Output;
import io.sennit.machine.RequestKey;
import io.sennit.machine.Timer;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.store.ReopenableStore;
import io.sennit.store.Room;
import io.sennit.store.StoreException;
import io.sennit.sync.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one platform thread that owns the machine: hands it what happened, obeys what it answers.
///
/// ```text
///   local lane   (persisted, appends, timers, questions) ─────┐
///   network lane (links, messages; waits while disk is behind) ┴─▶ Machine ─▶ outputs, in order
/// ```
final class Driver {
  private static final Logger LOG = System.getLogger(Driver.class.getName());

  /// While so much is on its way to the disk, nothing more is taken from the network.
  private static final long UNSYNCED_SIZE_BYTES_MAX = 64L * 1024 * 1024;

  private static final long IDLE_NANOS = 1_000_000_000L;

  /// Requests under way at once that need all the speed a thread awake can give; with more, there
  /// is something to do on every core.
  private static final int FEW = 2;

  private record Due(long atNanos, Timer timer) {}

  private final Function<String, Machine> machines;
  private final @Nullable Recorder recorder;
  private final ReopenableStore store;
  private final StoreWriter writer;
  private final LongConsumer publish;
  private final ConcurrentLinkedQueue<Runnable> local = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Runnable> network = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Link> links = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<List<Entry>>> requests = new HashMap<>();
  private final Map<Timer, Long> timers = new HashMap<>();
  private final PriorityQueue<Due> dues =
      new PriorityQueue<>((a, b) -> Long.compare(a.atNanos, b.atNanos));

  /// Futures are completed here, so that nobody's code runs on the driver.
  private final Answers answers = new Answers(this::fewWait);

  /// Where healed events wait for the disk.
  private final ExecutorService healer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("sennit-heal").daemon().factory());

  private final Thread thread = Thread.ofPlatform().name("sennit-driver").unstarted(this::run);
  private final Doorbell doorbell = new Doorbell(thread, this::fewWait);
  private final List<Runnable> answered = new ArrayList<>();
  private Machine machine;
  private String listening = "";
  private Capacity capacity = Capacity.HOME;

  /// Until somebody dials, nobody can be reached.
  private Consumer<Contact> dialler = contact -> tell(new Input.Unreachable(contact));

  private long nextRequest = 1;
  private final PeerLog peerLog = new PeerLog();
  private Mode mode = Mode.LOADING;

  /// What became durable last: the events that are asked for next.
  private Landed landed = Landed.NOTHING;

  /// Most requests under way at once since events became durable last.
  private int requestsMax;

  private volatile boolean fewWait;

  /// Requests that came while a fresh machine is to take over; it gets them.
  private final List<Held> held = new ArrayList<>();

  private record Held(CompletableFuture<List<Entry>> answer, Function<Long, Input> input) {}

  private boolean renewing;

  /// Whether the store takes nothing more until it is opened again.
  private boolean failed;

  /// The disk is full, in the words that the machine was told; null while it is not.
  private Input.@Nullable StoreFull full;

  /// What the machine wants durable, until the rest of its outputs is obeyed.
  private final List<List<Placed>> unwritten = new ArrayList<>();

  private long unsyncedSizeBytes;
  private volatile boolean stopping;
  private volatile @Nullable String broken;

  /// @param machines makes a machine that begins with what the store holds, and is told why: at
  ///   first, whenever the store was opened again, and when a recording needs a fresh one
  /// @param recorder hears what happens to the machine, or null
  /// @param room what the disk has
  /// @param publish is told, on the driver thread, up to where readers may see
  Driver(
      Function<String, Machine> machines,
      @Nullable Recorder recorder,
      MachineId own,
      ReopenableStore store,
      Supplier<Room> room,
      LongConsumer publish) {
    this.machines = machines;
    this.recorder = recorder;
    this.machine = machines.apply("the machine was opened");
    this.store = store;
    this.publish = publish;
    this.writer = new StoreWriter(store, own, room, new Disk(), this::fewWait);
  }

  void start() {
    tell(new Input.Loaded());
    tell(new Input.Known(List.of()));
    answers.start();
    writer.start();
    thread.start();
    store.onDamage(positions -> {
      LOG.log(
          Level.WARNING,
          "damaged: {0} events, the first at position {1}; wanted from peers",
          positions.size(),
          positions.getFirst());
      tell(new Input.Damaged(positions));
    });
  }

  /// Peers are told that this machine can be dialled there; empty when it cannot.
  void listening(String address) {
    onDriver(() -> {
      listening = address;
      handle(new Input.Listening(address));
    });
  }

  /// Peers are told that this machine can carry so much.
  void carrying(Capacity said) {
    onDriver(() -> {
      capacity = said;
      handle(new Input.Carrying(said));
    });
  }

  /// Why the machine stopped by itself, or null while it runs.
  @Nullable String broken() {
    return broken;
  }

  Traffic traffic() {
    return writer.traffic();
  }

  void tell(Input input) {
    onDriver(() -> handle(input));
  }

  CompletableFuture<List<Entry>> append(List<Draft> drafts, @Nullable RequestKey key) {
    var answer = new CompletableFuture<List<Entry>>();
    request(answer, number -> new Input.Append(number, drafts, key));
    return answer;
  }

  CompletableFuture<List<Entry>> offer(List<Run> runs) {
    var answer = new CompletableFuture<List<Entry>>();
    request(answer, number -> new Input.Offer(number, runs));
    return answer;
  }

  private void request(CompletableFuture<List<Entry>> answer, Function<Long, Input> input) {
    if (!onDriver(() -> ask(answer, input))) {
      answer.completeExceptionally(stopped());
    }
  }

  private void ask(CompletableFuture<List<Entry>> answer, Function<Long, Input> input) {
    if (renewing) {
      held.add(new Held(answer, input));
      return;
    }
    long number = nextRequest++;
    requests.put(number, answer);
    requestsMax = Math.max(requestsMax, requests.size());
    handle(input.apply(number));
  }

  /// Whether the time until an answer matters more than the processor's.
  private boolean fewWait() {
    return fewWait;
  }

  /// Asks the machine between two inputs.
  <T> CompletableFuture<T> query(Function<Machine, T> question) {
    var answer = new CompletableFuture<T>();
    if (!onDriver(() -> answer.complete(question.apply(machine)))) {
      answer.completeExceptionally(stopped());
    }
    return answer;
  }

  private SennitException stopped() {
    var why = broken;
    return new SennitException(
        SennitException.Kind.DECLINED,
        why == null ? "this machine is closed" : "this machine has stopped: " + why);
  }

  /// Where what the machine wants dialled is handed to, on the driver's thread.
  void dialWith(Consumer<Contact> with) {
    dialler = with;
  }

  /// This link came of what the machine wanted dialled. It has said so, unless the link was not
  /// welcome, or ended at once.
  void dialled(Link link, Contact contact) {
    network.add(() -> {
      if (!links.containsKey(link.number())) {
        handle(new Input.Unreachable(contact));
      }
    });
    doorbell.ring();
  }

  /// Tells that the link is there, before anything that arrives on it: both wait in one lane.
  void linkUp(Link link, MachineId peer) {
    network.add(() -> {
      if (!link.isClosed()) { // else it has been said already that it is gone
        links.put(link.number(), link);
        handle(new Input.PeerUp(link.number(), peer, link.dialled()));
      }
    });
    doorbell.ring();
  }

  void received(Link link, Message message, int sizeBytes) {
    network.add(() -> {
      if (links.containsKey(link.number())) {
        handle(new Input.Received(link.number(), message));
      }
      link.handled(message, sizeBytes);
    });
    doorbell.ring();
  }

  void drained(Link link) {
    onDriver(() -> {
      if (links.containsKey(link.number())) {
        handle(new Input.Drained(link.number()));
      }
    });
  }

  void linkDown(Link link) {
    onDriver(() -> {
      if (links.remove(link.number()) != null) {
        handle(new Input.PeerDown(link.number()));
      }
    });
  }

  private boolean onDriver(Runnable task) {
    if (stopping || broken != null) {
      return false;
    }
    local.add(task);
    doorbell.ring();
    return true;
  }

  private void run() {
    try {
      while (!stopping) {
        boolean busy = drain(local, 1024);
        if (takesFromNetwork()) {
          busy |= drain(network, 16);
        }
        if (recorder != null) {
          busy |= renew(recorder);
        }
        long delayNanos = fireTimers();
        if (!busy) {
          doorbell.await(this::called, Math.min(delayNanos, IDLE_NANOS));
        }
      }
      renewing = false;
      askHeld();
      drain(local, Integer.MAX_VALUE);
    } catch (RuntimeException | Error e) { // an invariant is broken: going on could make it worse
      LOG.log(Level.ERROR, "the machine has stopped", e);
      broken = String.valueOf(e.getMessage());
      requests
          .values()
          .forEach(answer ->
              fail(answer, SennitException.Kind.UNKNOWN, "the machine has stopped: " + e));
      requests.clear();
      held.forEach(
          each -> fail(each.answer, SennitException.Kind.UNKNOWN, "the machine has stopped: " + e));
      held.clear();
      links.values().forEach(link -> link.close("the machine has stopped"));
    }
  }

  private static boolean drain(ConcurrentLinkedQueue<Runnable> lane, int most) {
    int done = 0;
    while (done < most) {
      var task = lane.poll();
      if (task == null) {
        break;
      }
      task.run();
      done++;
    }
    return done > 0;
  }

  private boolean called() {
    return !local.isEmpty() || stopping || (!network.isEmpty() && takesFromNetwork());
  }

  private boolean takesFromNetwork() {
    return unsyncedSizeBytes < UNSYNCED_SIZE_BYTES_MAX && !renewing;
  }

  /// @return nanoseconds until the next one
  private long fireTimers() {
    while (!dues.isEmpty()) {
      long delayNanos = dues.element().atNanos - System.nanoTime();
      if (delayNanos > 0) {
        return delayNanos;
      }
      var due = dues.remove();
      if (timers.remove(due.timer, due.atNanos)) { // a timer that was moved is due later
        handle(new Input.TimerFired(due.timer));
      }
    }
    return Long.MAX_VALUE;
  }

  private void handle(Input input) {
    long nowNanos = System.nanoTime();
    var outputs =
        recorder == null
            ? machine.handle(input, nowNanos)
            : recorder.handle(machine, input, nowNanos);
    for (var output : outputs) {
      obey(output);
    }
    write();
    if (machine.mode() != mode) {
      LOG.log(
          Level.INFO,
          "the mode changed: {0} {1}",
          new Field("from", mode.word()),
          new Field("to", machine.mode().word()));
      mode = machine.mode();
    }
    if (!answered.isEmpty()) {
      var tasks = List.copyOf(answered);
      answered.clear();
      answers.execute(() -> tasks.forEach(Runnable::run));
    }
  }

  private void obey(Output output) {
    switch (output) {
      case Output.Persist(var batch) -> unwritten.add(batch);
      case Output.Heal(var events) -> healer.execute(() -> heal(events));
      case Output.Acknowledge(var request, var positions) -> {
        var answer = requests.remove(request);
        if (answer != null) {
          var fresh = landed;
          answered.add(() -> answer.completeAsync(() -> entries(positions, fresh), Runnable::run));
        }
      }
      case Output.Decline(var request, var why) ->
          fail(requests.remove(request), SennitException.Kind.DECLINED, why);
      case Output.NoRoom(var request, var why) ->
          fail(requests.remove(request), SennitException.Kind.NO_ROOM, why);
      case Output.Mismatch(var request, var why) ->
          fail(requests.remove(request), SennitException.Kind.MISMATCH, why);
      case Output.Unknown(var request, var why) ->
          fail(requests.remove(request), SennitException.Kind.UNKNOWN, why);
      case Output.Publish(var position) -> publish.accept(position);
      case Output.Send(var peer, var message) -> {
        var link = links.get(peer);
        if (link != null) {
          link.send(message);
        }
      }
      case Output.Disconnect(var peer, var why) -> {
        var link = links.get(peer);
        if (link != null) {
          link.refuse(why);
        }
      }
      case Output.LetGo(var peer, _) -> {
        var link = links.get(peer);
        if (link != null) {
          link.refuse(Link.LET_GO);
        }
      }
      case Output.Dial(var contact) -> dialler.accept(contact);
      case Output.SetTimer(var timer, var delayNanos) -> {
        long atNanos = System.nanoTime() + delayNanos;
        timers.put(timer, atNanos);
        dues.add(new Due(atNanos, timer));
      }
      case Output.Report(var peer, var what) -> report(peer, what);
    }
  }

  /// Hands on what is to be written; or writes it here, where nothing else is to be done meanwhile,
  /// so that nobody waits for two threads to wake.
  private void write() {
    if (unwritten.isEmpty()) {
      return;
    }
    boolean alone =
        unsyncedSizeBytes == 0 && requests.size() <= FEW && local.isEmpty() && network.isEmpty();
    var batches = List.copyOf(unwritten);
    unwritten.clear();
    batches.forEach(batch -> unsyncedSizeBytes += sizeBytes(batch));
    if (!alone || !writer.writeHere(batches)) {
      batches.forEach(writer::write);
    }
  }

  private void heal(List<Placed> events) {
    try {
      store.heal(events);
      var left = new HashSet<>(store.damaged());
      var healed =
          events.stream().map(Placed::position).filter(position -> !left.contains(position));
      tell(new Input.Healed(healed.toList()));
    } catch (StoreException e) { // they are wanted again later
      LOG.log(Level.WARNING, "healed events could not be kept", e);
    }
  }

  private void report(int peer, String what) {
    var link = links.get(peer);
    if (link != null) {
      peerLog.wrong(link, what);
    }
  }

  private void fail(
      @Nullable CompletableFuture<List<Entry>> answer, SennitException.Kind kind, String why) {
    if (answer != null) {
      answers.execute(() -> answer.completeExceptionally(new SennitException(kind, why)));
    }
  }

  private List<Entry> entries(List<Long> positions, Landed fresh) {
    var entries = new ArrayList<Entry>(positions.size());
    for (long position : positions) {
      var placed = fresh.at(position);
      entries.add(
          placed == null
              ? new Entry(position, store.node(position).height(), store.event(position))
              : new Entry(position, placed.node().height(), placed.event()));
    }
    return entries;
  }

  private static long sizeBytes(List<Placed> batch) {
    long sizeBytes = 0;
    for (var placed : batch) {
      sizeBytes += placed.event().body().length;
    }
    return sizeBytes;
  }

  /// What the disk's thread tells, brought to the driver's.
  private final class Disk implements StoreWriter.Told {
    /// The visible state changes on the driver's thread, between two inputs.
    @Override
    public void written(List<List<Placed>> batches) {
      soon(() -> {
        for (var batch : batches) {
          store.publish(batch);
          unsyncedSizeBytes -= sizeBytes(batch);
        }
        landed = Landed.of(batches);
        handle(new Input.Persisted(batches.getLast().getLast().position()));
        landed = Landed.NOTHING;
        fewWait = 0 < requestsMax && requestsMax <= FEW;
        requestsMax = requests.size();
      });
    }

    @Override
    public void failed(StoreException e) {
      LOG.log(Level.ERROR, "the store cannot write any more", e);
      soon(() -> {
        failed = true;
        handle(new Input.StoreFailed(why(e), e.full()));
        writer.givenUp();
      });
    }

    private static String why(StoreException e) {
      Throwable first = e;
      while (first.getCause() != null) {
        first = first.getCause();
      }
      return (first == e ? e.getMessage() : e.getMessage() + ": " + first.getMessage())
          + (e.full()
              ? "; this machine goes on by itself when there is room"
              : "; what is here can be read, and nothing more is written until the disk is mended"
                  + " and this machine started again");
    }

    @Override
    public void full(Room room) {
      LOG.log(Level.WARNING, "{0}: this machine takes no events until there is room", room);
      soon(() -> {
        full = new Input.StoreFull(room.toString());
        handle(full);
      });
    }

    @Override
    public void room(Room room) {
      LOG.log(Level.WARNING, "there is room again: {0} bytes free", room.freeBytes());
      soon(() -> {
        full = null;
        handle(new Input.StoreRoom());
      });
    }

    @Override
    public void reopened() {
      LOG.log(Level.WARNING, "the store is open again, with {0} events", store.count());
      soon(() -> {
        full = null;
        failed = false;
        beginAgain("this machine has opened its store again");
      });
    }

    private void soon(Runnable task) {
      local.add(task);
      doorbell.ring();
    }
  }

  /// A fresh machine takes over what the store holds. Links begin again, too: peers may have been
  /// told of events by the machine before that its store did not keep.
  ///
  /// @param why is told to the log, to the recording, and to whoever is hung up on
  private void beginAgain(String why) {
    var before = List.copyOf(links.values());
    links.clear();
    before.forEach(link -> link.close(why));
    timers.clear();
    dues.clear();
    unsyncedSizeBytes = 0;
    landed = Landed.NOTHING;
    var book = machine.book();
    machine = machines.apply(why);
    handle(new Input.Loaded());
    handle(new Input.Carrying(capacity));
    handle(new Input.Listening(listening));
    handle(new Input.Known(book));
    publish.accept(store.count());
  }

  /// When a part of the recording is full, a fresh machine takes over, as soon as nothing is under
  /// way: what comes meanwhile waits for it. Creating waits for no peer, so that is as long as the
  /// disk takes.
  ///
  /// @return whether it did
  private boolean renew(Recorder recording) {
    renewing = recording.wantsBeginning() && !failed;
    if (renewing && requests.isEmpty() && unsyncedSizeBytes == 0) {
      renewing = false;
      LOG.log(Level.INFO, "the recording begins a new part, and links begin again");
      beginAgain("this machine begins a new part of its recording");
      if (full != null) {
        handle(full);
      }
      var damaged = store.damaged();
      if (!damaged.isEmpty()) {
        handle(new Input.Damaged(damaged));
      }
    }
    boolean some = !renewing && !held.isEmpty();
    if (some) {
      askHeld();
    }
    return some;
  }

  private void askHeld() {
    var requested = List.copyOf(held);
    held.clear();
    requested.forEach(each -> ask(each.answer, each.input));
  }

  /// Finishes what is being written and ends the threads.
  void close() throws InterruptedException {
    healer.shutdown();
    if (!healer.awaitTermination(1, TimeUnit.MINUTES)) {
      LOG.log(Level.WARNING, "the disk does not take what was healed; it is left damaged");
    }
    writer.close();
    stopping = true;
    doorbell.ring();
    thread.join();
    requests
        .values()
        .forEach(answer ->
            fail(answer, SennitException.Kind.UNKNOWN, "the machine was closed on the way"));
    requests.clear();
    answers.close();
  }
}
