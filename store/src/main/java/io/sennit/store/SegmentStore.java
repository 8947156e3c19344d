package io.sennit.store;

import io.sennit.dag.EventStore;
import io.sennit.dag.IdPrefix;
import io.sennit.dag.Key;
import io.sennit.dag.Node;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.dag.Summary;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.store.Segment.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;

/// The store on the disk, in two steps so that the next batch forms while the last one is synced:
/// [#write] makes batches durable, [#publish] makes them visible to readers.
///
/// One thread writes, one thread publishes, any thread reads. Use platform threads to write and to
/// publish: both may wait for the disk. Do not interrupt the one that writes; it would close the
/// file under its own hands and stop writing.
public final class SegmentStore implements EventStore, AutoCloseable {
  /// Bytes on the disk.
  ///
  /// @param logSizeBytes used of the log
  /// @param indexSizeBytes of the index
  public record SizeOnDisk(long logSizeBytes, long indexSizeBytes) {}

  /// What was read again of the end of the log when the store was opened.
  public record Replay(long records, long sizeBytes) {}

  /// What one look at the log showed.
  ///
  /// @param last the last position that was looked at
  /// @param findings one for each damaged event
  public record Scrubbed(long last, List<Finding> findings) {
    /// Copies the list.
    public Scrubbed {
      findings = List.copyOf(findings);
    }
  }

  /// Kept free beside what log and index need next: a part of the disk, within these bounds.
  private static final long RESERVE_SIZE_BYTES_MIN = 4L << 20;

  private static final long RESERVE_SIZE_BYTES_MAX = 64L << 20;
  private static final int RESERVE_PART = 32;

  private final Path directory;
  private final Disk disk;
  private final SegmentLog log;
  private final Index index;
  private final Visible visible;
  private final IndexThread indexing;
  private final Writer writer;
  private final Records records;
  private final Recovery recovery;
  private final Heals heals;
  private final Damage damage;
  private final List<Finding> opening = new ArrayList<>();

  private SegmentStore(
      Path directory,
      Disk disk,
      SegmentLog log,
      Index index,
      Visible visible,
      IndexThread indexing,
      Writer writer,
      Records records,
      Recovery recovery,
      Heals heals,
      Damage damage) {
    this.directory = directory;
    this.disk = disk;
    this.log = log;
    this.index = index;
    this.visible = visible;
    this.indexing = indexing;
    this.writer = writer;
    this.records = records;
    this.recovery = recovery;
    this.heals = heals;
    this.damage = damage;
    opening.addAll(heals.opening());
  }

  /// Opens the store in a directory that the caller has locked; an empty one is given R.
  static SegmentStore open(Path directory, Root root, StoreOptions options, Disk disk) {
    NativeLibraries.load();
    var event = root.event();
    var log =
        SegmentLog.open(
            directory.resolve("log"),
            event.id(),
            options,
            disk,
            () -> nameInIndex(directory.resolve(Finding.INDEX), event.id()));
    Heals heals;
    try {
      heals = new Heals(directory.resolve(Heals.FOLDER), event.id(), options, disk);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
    SegmentStore store;
    try {
      store = open(directory, log, heals, options, disk);
    } catch (RuntimeException e) {
      heals.close();
      log.close();
      throw e;
    }
    try {
      store.begin(event);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// An empty store is given R.
  private void begin(Event root) {
    if (count() == 0) {
      var node =
          new Node(
              1, root.id(), 0, root.machine(), root.sealed(), root.body().length, Positions.of());
      append(List.of(new Placed(node, root)));
    }
  }

  /// The log's name as the index remembers it.
  private static Optional<Header> nameInIndex(Path folder, EventId root) {
    if (!Files.exists(folder.resolve("CURRENT"))) {
      return Optional.empty();
    }
    try (var index = Index.open(folder)) {
      var bytes = index.get(Family.META, Index.CHECKPOINT_KEY);
      if (bytes == null) {
        return Optional.empty();
      }
      var checkpoint = Checkpoint.read(bytes);
      return Optional.of(new Header(0, checkpoint.logHigh(), checkpoint.logLow(), root));
    } catch (RocksDBException _) {
      return Optional.empty(); // it is illegible as well
    } catch (StoreException e) {
      if (e.indexIllegible()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static SegmentStore open(
      Path directory, SegmentLog log, Heals heals, StoreOptions options, Disk disk) {
    var folder = directory.resolve(Finding.INDEX);
    String why;
    try {
      return open(directory, log, heals, options, disk, Index.open(folder));
    } catch (RocksDBException e) {
      why = String.valueOf(e.getMessage());
      if (why.contains("LOCK")) {
        throw new StoreException("somebody else uses " + folder, e);
      } else if (StoreException.saysFull(why)) {
        throw new StoreException("there is no room to open the index in " + folder, e);
      }
    } catch (StoreException e) {
      why = String.valueOf(e.getMessage());
      if (!e.indexIllegible()) {
        throw e;
      }
    }
    Index.delete(folder);
    try {
      var store = open(directory, log, heals, options, disk, Index.open(folder));
      store.opening.add(
          Finding.of(
              Finding.INDEX,
              "it could not be read (%s) and was built again from the log".formatted(why)));
      return store;
    } catch (RocksDBException e) {
      throw new StoreException("cannot make an index in " + folder, e);
    }
  }

  /// Closes the index unless the store takes it over.
  private static SegmentStore open(
      Path directory, SegmentLog log, Heals heals, StoreOptions options, Disk disk, Index index) {
    try {
      var checkpoint = checkpoint(index, log, directory);
      var lists = IdLists.read(index, checkpoint, options.listEvents());
      var codec = new RecordCodec(log.identity());
      var recovery = new Recovery(log, codec, checkpoint, heals);
      recovery.settle();
      var damage = new Damage();
      var records = new Records(log, codec, heals, damage, options);
      var visible = new Visible(options, checkpoint, lists, index, records::parents);
      IndexThread indexing;
      try {
        indexing = new IndexThread(index, checkpoint, lists, visible, options);
      } catch (RuntimeException e) {
        visible.releaseLast();
        throw e;
      }
      try {
        recovery.replay(visible);
        var writer = new Writer(log, codec, visible, options);
        indexing.onFailure(writer::stop);
        return new SegmentStore(
            directory, disk, log, index, visible, indexing, writer, records, recovery, heals,
            damage);
      } catch (RuntimeException e) {
        visible.close();
        indexing.join();
        visible.releaseLast();
        throw e;
      }
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private static Checkpoint checkpoint(Index index, SegmentLog log, Path directory) {
    var name = log.identity();
    var bytes = index.get(Family.META, Index.CHECKPOINT_KEY);
    if (bytes == null) {
      return new Checkpoint(0, 0, -1, 0, name.logHigh(), name.logLow());
    }
    var checkpoint = Checkpoint.read(bytes);
    if (log.segmentNumbers().isEmpty()) {
      throw StoreException.logIllegible(
          "the log in %s is gone, and the index knows of %d events: restore a backup, or fetch them"
                  .formatted(directory, checkpoint.position())
              + " from peers with `sennit repair`");
    }
    if (checkpoint.logHigh() != name.logHigh() || checkpoint.logLow() != name.logLow()) {
      throw Index.illegible("it was made from another log");
    }
    return checkpoint;
  }

  /// Appends the batches to the log and syncs once. When it returns they are durable.
  ///
  /// Whatever is handed in together is on the disk whole or not at all.
  ///
  /// @throws StoreException when a write or the sync fails; from then on every write fails, because
  ///   nobody knows what of it is on the disk
  /// @throws IllegalArgumentException as [EventStore#append] does
  public void write(List<List<Placed>> batches) {
    writer.write(batches);
  }

  /// Makes a batch that was written visible. Batches are published in the order of their positions.
  public void publish(List<Placed> batch) {
    var entries = writer.takeOver(batch);
    if (!entries.isEmpty()) {
      visible.add(entries);
      writer.forget(entries);
    }
  }

  /// Writes and publishes in one step.
  @Override
  public void append(List<Placed> batch) {
    write(List.of(batch));
    publish(batch);
  }

  /// The last position that is durable; it may be ahead of [#count()].
  public long durablePosition() {
    return writer.durable();
  }

  /// Whether the next write, and what the index does with it, has room.
  public Room room() {
    long reserve =
        Math.clamp(
            disk.totalBytes(directory) / RESERVE_PART,
            RESERVE_SIZE_BYTES_MIN,
            RESERVE_SIZE_BYTES_MAX);
    long index = isClosed() ? 0 : reading(_ -> this.index.neededBytes());
    return new Room(directory, disk.freeBytes(directory), reserve + log.neededBytes() + index);
  }

  /// Whether it was closed, or is being closed.
  boolean isClosed() {
    return visible.isClosed();
  }

  /// Tells whom, on the index's thread, when the index can go on no more; writing has stopped then.
  void onFailure(Consumer<StoreException> listener) {
    indexing.onFailure(why -> {
      writer.stop(why);
      listener.accept(why);
    });
  }

  /// What the store takes on the disk.
  public SizeOnDisk sizeOnDisk() {
    return new SizeOnDisk(log.usedSizeBytes(), Disk.sizeBytes(directory.resolve("index")));
  }

  @Override
  public long count() {
    return visible.count();
  }

  @Override
  public long position(EventId id) {
    return reading(view -> view.position(id));
  }

  /// @throws StoreException when the event is damaged and its uuid not known
  @Override
  public Node node(long position) {
    return node(position, () -> parents(position));
  }

  /// @param parents reads those that the index leaves to the log, when somebody looks at them
  Node node(long position, Supplier<Positions> parents) {
    var found = reading(view -> Optional.ofNullable(view.node(position, parents)));
    return found.orElseThrow(() ->
        new StoreException(
            "the event at position %d is damaged, and nothing else knows its uuid"
                .formatted(position)));
  }

  /// The parents of an event that is not lost.
  Positions parents(long position) {
    return reading(view -> view.parents(position));
  }

  /// @throws StoreException when the event is damaged: the message names it
  @Override
  public Event event(long position) {
    return reading(view -> records.event(view, position));
  }

  @Override
  public Optional<Event> intact(long position) {
    return reading(view -> Optional.ofNullable(records.find(view, position)));
  }

  @Override
  public Optional<PackedRuns> packed(long position) {
    return reading(view -> Optional.ofNullable(records.packed(view, position)));
  }

  /// Positions that were found damaged and are not healed yet, ascending.
  public List<Long> damaged() {
    return damage.positions();
  }

  /// Tells of damage when it is found, by whatever thread finds it; at once of what was found
  /// before.
  ///
  /// @param listener told positions whose uuids are known
  public void onDamage(Consumer<List<Long>> listener) {
    damage.listen(listener);
  }

  /// Positions whose events are damaged and whose uuids nothing here knows any more, ascending.
  /// Only [Home#layAgain] helps.
  public List<Long> lost() {
    return visible.lost();
  }

  /// What was wrong, and mended, when the store was opened.
  public List<Finding> opening() {
    return List.copyOf(opening);
  }

  /// Makes damaged events durable again at their old positions. Those that are not the events the
  /// index has there are passed over, so are those that are intact.
  ///
  /// Any thread; returns once it is durable.
  ///
  /// @throws StoreException when the disk refuses; then they are as damaged as before
  public void heal(List<Placed> events) {
    var view = visible.acquire();
    try {
      var wanted = new ArrayList<Placed>();
      var present = scrub(view); // a reader may have in memory what the disk has no more
      for (var placed :
          events.stream().sorted(Comparator.comparingLong(Placed::position)).toList()) {
        boolean ours =
            placed.position() <= view.count()
                && placed.event().id().equals(view.id(placed.position()));
        if (ours && !present.isOnDisk(placed.position())) {
          wanted.add(placed(placed, view));
        }
      }
      if (!wanted.isEmpty()) {
        heals.add(wanted, view);
      }
      var after = scrub(view);
      for (var placed : events) {
        if (placed.position() <= view.count() && after.isOnDisk(placed.position())) {
          damage.healed(placed.position());
        }
      }
    } catch (IOException e) {
      throw new StoreException("healed events cannot be written", e);
    } finally {
      view.moment().release();
    }
  }

  /// An event that comes back, where it stood: its node may have been read while not all of its
  /// parents could be.
  private static Placed placed(Placed healing, View view) {
    var parents = new long[healing.event().parents().size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = view.position(healing.event().parents().get(i));
      if (parents[i] == 0) {
        throw Index.illegible("position of " + healing.event().parents().get(i));
      }
    }
    return new Placed(
        healing.node().with(Positions.of(parents)),
        healing.event(),
        view.receiptAt(healing.position()));
  }

  /// Every receipt that the log holds, and every one that was healed.
  void eachReceipt(Consumer<Receipt> reader) {
    heals.eachReceipt(reader);
    var scan = new LogScan(log, new RecordCodec(log.identity()), 0);
    for (var record = scan.next(); record != null; record = scan.next()) {
      ReceiptNote.decode(record).values().forEach(reader);
    }
  }

  /// Writes the headers of the log's files again where they are illegible.
  public void mendHeaders() {
    log.mendHeaders();
  }

  @Override
  public List<EventId> tips() {
    return reading(View::tips);
  }

  @Override
  public Positions authorTips(MachineId machine) {
    return reading(view -> view.authorTips(machine));
  }

  @Override
  public List<MachineId> authors(MachineId after, int limit) {
    return reading(view -> view.authors(after, limit));
  }

  @Override
  public Summary summary(Key from, Key to) {
    return reading(view -> new Ranges(view).summary(from, to));
  }

  @Override
  public Key select(Key from, long rank) {
    return reading(view -> new Ranges(view).select(from, rank));
  }

  @Override
  public List<Key> keys(Key from, Key to, int limit) {
    return reading(view -> new Ranges(view).keys(from, to, limit));
  }

  @Override
  public List<EventId> idsWithPrefix(String prefix, int limit) {
    var range = IdPrefix.of(prefix);
    return reading(view -> view.ids(range.from(), range.to(), limit));
  }

  @Override
  public Optional<Receipt> receipt(String key) {
    return reading(view -> Optional.ofNullable(view.receipt(key)));
  }

  /// Reads everything again and says what is wrong: the log's checksums, every hash and seal, that
  /// parents come before children, heights, tips, and that the index says what the log says. Other
  /// threads may go on; what they add is not looked at.
  ///
  /// @param progress told the position reached, now and then
  /// @return what was found, at most a thousand; empty when all is well
  public List<Finding> audit(Root root, Seals seals, LongConsumer progress) {
    return reading(view -> {
      var codec = new RecordCodec(log.identity());
      return new Audit(view, log, codec, heals, damage, root, seals, progress).findings();
    });
  }

  /// Reads the record that holds this position again, past every cache, and checks its events from
  /// there on. Damage is marked as if somebody had met it.
  ///
  /// @throws IndexOutOfBoundsException unless 1 ≤ position ≤ count
  public Scrubbed scrub(long position) {
    return reading(view -> scrub(view).from(position));
  }

  private Scrub scrub(View view) {
    return new Scrub(view, log, new RecordCodec(log.identity()), heals, damage);
  }

  /// How much had to be read to open the store.
  public Replay replay() {
    return new Replay(recovery.recordsRead(), recovery.bytesRead());
  }

  /// How the store was opened.
  Recovery recovery() {
    return recovery;
  }

  private <T> T reading(Function<View, T> question) {
    var view = visible.acquire();
    try {
      return question.apply(view);
    } finally {
      view.moment().release();
    }
  }

  /// Flushes the index and closes the files. Anything that was not written is lost; nothing that
  /// was written is. Waits for readers; whoever asks later is told that the store is closed.
  @Override
  public void close() {
    writer.stop(new StoreException("the store is closed"));
    if (visible.close()) {
      writer.close();
      indexing.join();
      visible.releaseLast();
      index.close();
      heals.close();
      log.close();
    }
  }
}
