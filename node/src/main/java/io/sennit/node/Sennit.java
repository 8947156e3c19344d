package io.sennit.node;

import io.sennit.dag.Digests;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.machine.Machine;
import io.sennit.machine.RequestKey;
import io.sennit.machine.Status;
import io.sennit.overlay.Capacity;
import io.sennit.store.Finding;
import io.sennit.store.Home;
import io.sennit.store.ReopenableStore;
import io.sennit.store.Room;
import io.sennit.store.SegmentStore;
import io.sennit.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A machine of a federation, embedded in this process.
///
/// Its methods may be called by any thread. Futures complete once the events are durable here, or
/// fail with a [SennitException].
public final class Sennit implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sennit.class.getName());

  /// Events that may wait for their answer, each with its first KiB; every further KiB counts as
  /// one more. Who appends more waits.
  private static final int WAITING_MAX = 65_536;

  private static final int WAITING_SIZE_BYTES = 1024;

  private final Home home;
  private final MachineKey key;
  private final Root root;
  private final ReopenableStore store;
  private final @Nullable Recorder recorder;
  private final Driver driver;
  private final Peers peers;
  private final Readers readers;
  private final Scrubber scrubber;
  private final GrowthRate growth = new GrowthRate();
  private final Clock clock = Clock.systemUTC();
  private final Timestamps timestamps = new Timestamps(clock);
  private final Semaphore waiting = new Semaphore(WAITING_MAX);
  private final AtomicBoolean closed = new AtomicBoolean();

  private Sennit(
      Home home,
      MachineKey key,
      Root root,
      ReopenableStore store,
      UnaryOperator<Room> room,
      Scrubber.Pace scrubbing,
      @Nullable Recorder recorder) {
    this.home = home;
    this.key = key;
    this.root = root;
    this.store = store;
    var random = new SecureRandom();
    var seals = new Ed25519Seals();
    this.readers = new Readers(store);
    this.scrubber = new Scrubber(store, scrubbing, random, clock);
    this.recorder = recorder;
    this.driver =
        new Driver(
            why ->
                recorder == null
                    ? new Machine(store, root, key, seals, random.nextLong())
                    : recorder.begin(store, root, key, seals, random.nextLong(), why),
            recorder,
            key.machine(),
            store,
            () -> room.apply(store.room()),
            this::published);
    this.peers =
        new Peers(key, root.event().id(), seals, driver, new AddressBook(home.addressBook()));
  }

  private void published(long position) {
    growth.counted(position, System.nanoTime());
    readers.published(position);
  }

  /// The library that checks and makes seals on this computer.
  public static String sealLibrary() {
    return Sodium.found().isPresent() ? "libsodium" : "Bouncy Castle";
  }

  /// Founds an open federation: makes a directory with a fresh key and a root R.
  ///
  /// @return the whole R
  public static Event init(Path directory, String federation) {
    var key = MachineKey.generate();
    var salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    var root = Root.found(key, federation, salt, new Timestamps(Clock.systemUTC()).now());
    create(directory, root, key);
    return root.event();
  }

  /// Enters a federation: makes a directory with a fresh key and the ticket's R. Works offline.
  ///
  /// @return the whole R
  public static Event join(Path directory, Ticket ticket) {
    create(directory, ticket.root(), MachineKey.generate());
    try (var home = Home.open(directory)) {
      var book = new AddressBook(home.addressBook());
      for (var address : ticket.addresses()) {
        book.put(address.toString(), AddressBook.Known.heard(ticket.inviter().toString()));
      }
      book.flush();
    }
    return ticket.root().event();
  }

  private static void create(Path directory, Root root, MachineKey key) {
    try {
      Home.create(directory, root.event().toJson(), key.privateKey(), key.machine().toString());
    } catch (StoreException e) {
      throw refused(e);
    }
  }

  /// Opens the machine in this directory. It neither listens nor dials until told to.
  public static Sennit open(Path directory) {
    return open(directory, UnaryOperator.identity());
  }

  /// The same, and writes down what happens to it, so that it can be replayed. The recording holds
  /// the events that were written and received meanwhile, and no key.
  ///
  /// @throws IllegalArgumentException when the recording may take less than 16 MiB
  public static Sennit open(Path directory, RecordingOptions recording) {
    recording.requireSize();
    return open(directory, UnaryOperator.identity(), Scrubber.Pace.DEFAULT, recording);
  }

  /// @param room what is made of the room on the disk; for tests
  static Sennit open(Path directory, UnaryOperator<Room> room) {
    return open(directory, room, Scrubber.Pace.DEFAULT);
  }

  /// @param scrubbing how hard it works to read the log again; for tests
  static Sennit open(Path directory, UnaryOperator<Room> room, Scrubber.Pace scrubbing) {
    return open(directory, room, scrubbing, null);
  }

  static Sennit open(
      Path directory,
      UnaryOperator<Room> room,
      Scrubber.Pace scrubbing,
      @Nullable RecordingOptions recording) {
    Home home = null;
    ReopenableStore store = null;
    Recorder recorder = null;
    try {
      home = Home.open(directory);
      var key = new MachineKey(home.privateKey());
      if (!key.machine().toString().equals(home.machine())) {
        throw new StoreException(
            "%s: machine.key belongs to another machine: run `sennit repair --dir %s`"
                .formatted(directory, directory));
      }
      var root = readRoot(home);
      store = home.openStore(root);
      requireUuids(directory, store);
      if (recording != null) {
        recorder = new Recorder(recording, store::room);
      }
      var sennit = new Sennit(home, key, root, store, room, scrubbing, recorder);
      sennit.driver.start();
      sennit.peers.start();
      sennit.scrubber.start();
      sennit.logOpened();
      return sennit;
    } catch (RuntimeException e) {
      if (recorder != null) {
        recorder.close();
      }
      if (store != null) {
        store.close();
      }
      if (home != null) {
        home.close();
      }
      throw e instanceof StoreException refusal ? refused(refusal) : e;
    }
  }

  /// A machine must know all its events by name; their bytes may be missing for a while.
  private static void requireUuids(Path directory, ReopenableStore store) {
    var lost = store.lost();
    if (!lost.isEmpty()) {
      throw new StoreException(
          "%d events of %s are damaged, and nothing here knows their uuids (the first at position %d):"
                  .formatted(lost.size(), directory, lost.getFirst())
              + " run `sennit repair --dir %s`".formatted(directory));
    }
  }

  private void logOpened() {
    var replay = store.replay();
    LOG.log(
        Level.INFO,
        "the store is open: {0} {1} {2} {3} {4}",
        new Field("machine", key.machine()),
        new Field("root", root.event().id()),
        new Field("events", count()),
        new Field("replayedRecords", replay.records()),
        new Field("replayedSizeBytes", replay.sizeBytes()));
  }

  private static Root readRoot(Home home) {
    return switch (Root.read(home.rootJson(), new Ed25519Seals())) {
      case Root.Reading.Read(var root) -> root;
      case Root.Reading.Refused(var why) ->
          throw new StoreException(
              "root.json is refused: " + why + "; run `sennit repair` on the directory");
    };
  }

  private static SennitException refused(StoreException e) {
    return new SennitException(SennitException.Kind.REFUSED, String.valueOf(e.getMessage()), e);
  }

  /// Takes peers' connections here; port 0 picks a free one. Answers the address in use.
  public Address listen(Address address) {
    return listen(address, List.of());
  }

  /// Takes peers' connections here, and names other addresses to them: where this computer is
  /// reached from elsewhere. The first one is what peers are told; tickets name all.
  ///
  /// @param advertised port 0 stands for the one in use; empty for the address itself or, when that
  ///   is a wildcard, for one of this computer's that others may be able to dial
  public Address listen(Address address, List<Address> advertised) {
    if (advertised.stream().anyMatch(Address::wildcard)) {
      throw new SennitException(
          SennitException.Kind.REFUSED, "nobody can dial a wildcard address: advertise another");
    }
    var listening = peers.listen(address, advertised);
    var named = peers.advertised().stream().map(Address::toString).findFirst();
    driver.listening(named.orElse(""));
    return listening;
  }

  /// How much this machine does for others: told to peers, which heed it. Until this is said it is
  /// an ordinary one. To be said before [#listen] and [#connect]: links that there are stay.
  public void carry(Capacity capacity) {
    driver.carrying(capacity);
  }

  /// Where others are told to dial this machine; empty while it does not listen, or no address of
  /// this computer can be dialled from elsewhere.
  public List<Address> advertised() {
    return peers.advertised();
  }

  /// Keeps a connection to the machine at this address: dials, and dials again when it breaks.
  /// Lifts an earlier [#disconnect].
  public void connect(Address address) {
    peers.connect(address, "");
  }

  /// Hangs up and refuses that peer, by the machine key behind the address, in both directions and
  /// across restarts, until the next [#connect].
  ///
  /// @return whether the address was known
  public boolean disconnect(Address address) {
    return peers.disconnect(address);
  }

  /// Dials again whom the ticket and the address book name, except those disconnected.
  public void connectKnownPeers() {
    peers.connectKnown();
  }

  /// A ticket for another machine: R, this machine's key, and addresses at which it is reached.
  public Ticket invite(List<Address> addresses) {
    return new Ticket(root, key.machine(), addresses);
  }

  /// Says one thing: any JSON object.
  public CompletableFuture<Entry> append(String json) {
    return append(List.of(json)).thenApply(List::getFirst);
  }

  /// Says several things, all or none, one after the other.
  public CompletableFuture<List<Entry>> append(List<String> jsons) {
    return append(jsons, null);
  }

  /// What an application wants to say, in its canonical form; a time it leaves out is that of now.
  /// Any thread may do this work.
  ///
  /// @param json UTF-8
  public Draft.Drafting draft(byte[] json) {
    return Draft.of(json, timestamps.now());
  }

  /// Says several drafts, all or none, one after the other.
  public CompletableFuture<List<Entry>> appendDrafts(List<Draft> drafts) {
    return drafts.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : answered(weight(drafts), () -> driver.append(drafts, null));
  }

  /// Says several things, all or none, and only once: whoever asks again with the same key gets the
  /// same events, also after a crash, as long as at most 100,000 other keys were used since. With
  /// other `jsons` it fails as a mismatch.
  ///
  /// @param key any text that is never used for another request
  public CompletableFuture<List<Entry>> appendOnce(String key, List<String> jsons) {
    return append(jsons, new RequestKey(key, fingerprint(jsons)));
  }

  private static String fingerprint(List<String> jsons) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      for (var json : jsons) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private CompletableFuture<List<Entry>> append(List<String> jsons, @Nullable RequestKey key) {
    var drafts = new ArrayList<Draft>(jsons.size());
    var time = timestamps.now();
    for (int i = 0; i < jsons.size(); i++) {
      switch (Draft.of(jsons.get(i).getBytes(StandardCharsets.UTF_8), time)) {
        case Draft.Drafting.Drafted(var draft) -> drafts.add(draft);
        case Draft.Drafting.Refused(var rejection) -> {
          var which = jsons.size() == 1 ? "" : "event " + (i + 1) + ": ";
          return CompletableFuture.failedFuture(
              new SennitException(SennitException.Kind.INVALID, which + rejection.detail()));
        }
      }
    }
    if (drafts.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return answered(weight(drafts), () -> driver.append(drafts, key));
  }

  /// Hands in whole runs that were made elsewhere; completes when all of them are durable here.
  /// Known ones count as done. Each run stands for itself: when one is refused, those before it
  /// stay.
  public CompletableFuture<List<Entry>> offer(List<Run> runs) {
    if (runs.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    long weight = 0;
    for (var run : runs) {
      for (var event : run.events()) {
        weight += weight(event.body().length);
      }
    }
    return answered(weight, () -> driver.offer(runs));
  }

  private static long weight(List<Draft> drafts) {
    long weight = 0;
    for (var draft : drafts) {
      weight += weight(draft.sizeBytes());
    }
    return weight;
  }

  private static int weight(int sizeBytes) {
    return Math.max(1, sizeBytes / WAITING_SIZE_BYTES);
  }

  private CompletableFuture<List<Entry>> answered(
      long weight, Supplier<CompletableFuture<List<Entry>>> request) {
    int permits = (int) Math.min(weight, WAITING_MAX);
    waiting.acquireUninterruptibly(permits);
    return request.get().whenComplete((_, _) -> waiting.release(permits));
  }

  private Entry entry(long position) {
    try {
      return new Entry(position, store.node(position).height(), store.event(position));
    } catch (StoreException e) {
      var kind = e.damaged() ? SennitException.Kind.DAMAGED : SennitException.Kind.REFUSED;
      throw new SennitException(kind, String.valueOf(e.getMessage()), e);
    }
  }

  /// Number of durable events.
  public long count() {
    return readers.position();
  }

  /// The event at this position, if there is one.
  public Optional<Entry> get(long position) {
    return position < 1 || position > count() ? Optional.empty() : Optional.of(entry(position));
  }

  /// The event with this uuid, if it is here.
  public Optional<Entry> get(EventId id) {
    return get(store.position(id));
  }

  /// Up to `limit` ids that begin with these hexadecimal digits, ascending.
  public List<EventId> find(String prefix, int limit) {
    return store.idsWithPrefix(prefix, limit);
  }

  /// The durable tips, ascending.
  public List<EventId> tips() {
    return store.tips();
  }

  /// R.
  public Root root() {
    return root;
  }

  /// Calls `reader` with every event after this position, one by one, in local arrival order, on a
  /// thread of its own; parents come before children. A slow reader delays only itself.
  public Subscription subscribe(long after, Consumer<Entry> reader) {
    return readers.subscribe(after, reader);
  }

  /// Checks the whole store: checksums, hashes, seals, parents, heights and tips.
  ///
  /// @param progress is told how many events were checked so far
  public List<Finding> verify(LongConsumer progress) {
    var findings = new ArrayList<>(opening());
    try {
      findings.addAll(audit(progress));
    } catch (StoreException e) {
      if (!e.indexIllegible()) {
        throw e;
      }
      findings.add(Finding.of("index", String.valueOf(e.getMessage())));
    }
    return findings;
  }

  /// What was wrong when the directory was opened, and was mended then.
  List<Finding> opening() {
    return store.opening();
  }

  List<Finding> audit(LongConsumer progress) {
    return store.audit(root, new Ed25519Seals(), progress);
  }

  /// Number of events that are known to be damaged here and are wanted from peers. They are found
  /// when somebody reads them, and by [#verify].
  public int damaged() {
    return store.damaged().size();
  }

  /// How far this machine is with reading its log again, which it does slowly for as long as it is
  /// open.
  public ScrubStatus scrub() {
    return scrubber.status();
  }

  /// How the recording of this machine is, when it is recorded.
  public Optional<RecordingStatus> recording() {
    return Optional.ofNullable(recorder).map(Recorder::status);
  }

  /// What was written since this machine was opened.
  public Traffic traffic() {
    return driver.traffic();
  }

  /// What was written to links since this machine was opened.
  public Sent sent() {
    return peers.sent();
  }

  /// Bytes the store takes: of the log, what is used of it; and of the index.
  public SegmentStore.SizeOnDisk sizeOnDisk() {
    return store.sizeOnDisk();
  }

  /// This machine's place among all others; nothing when it has stopped.
  public Optional<OverlayStatus> overlay() {
    return driver.broken() != null
        ? Optional.empty()
        : driver.query(Machine::overlay).join().map(OverlayStatus::of);
  }

  /// How this machine is.
  public NodeStatus status() {
    var broken = driver.broken();
    if (broken != null) {
      return new NodeStatus(
          key.machine(),
          root.event().id(),
          root.name(),
          "stopped",
          broken,
          count(),
          0,
          OptionalLong.empty(),
          tips(),
          Digests.ofTips(tips()),
          0,
          store.damaged().size(),
          NodeStatus.Width.still(tips().size()),
          peers.listening(),
          peers.advertised(),
          List.of());
    }
    var status = driver.query(machine -> machine.status(System.nanoTime())).join();
    long behind = status.peers().stream().mapToLong(Status.Peer::behind).max().orElse(0);
    var secondsLeft =
        behind == 0
            ? OptionalLong.empty()
            : growth.secondsUntil(behind, status.events(), System.nanoTime());
    return new NodeStatus(
        key.machine(),
        root.event().id(),
        root.name(),
        status.mode().word(),
        status.why(),
        status.events(),
        behind,
        secondsLeft,
        status.tips(),
        status.digest(),
        status.orphans(),
        status.damaged(),
        NodeStatus.Width.of(status.width()),
        peers.listening(),
        peers.advertised(),
        peers.status(status.peers()));
  }

  /// Hangs up, finishes what was being written, and closes the store.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      scrubber.close();
      peers.close();
      driver.close();
      if (recorder != null) {
        recorder.close();
      }
      readers.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      store.close();
      home.close();
    }
  }
}
