package io.sennit.store;

import io.sennit.dag.EventStore;
import io.sennit.dag.EventStoreContract.Model;
import io.sennit.dag.Graphs;
import io.sennit.dag.MemoryStore;
import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.Event;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Stores and what happens to them, for the tests of this module.
final class Stores {
  /// So small that segments, records, batches and flushes turn over within a test.
  static final StoreOptions TINY = new StoreOptions(2048, 8192, 1500, 24, 0, 64, 8, 1, 4096);

  /// Nothing reaches the files of the index before the store is closed.
  static final StoreOptions UNFLUSHED =
      new StoreOptions(2048, 8192, 1500, 1 << 16, 0, 1 << 20, 8, 1, 4096);

  /// A real disk that nobody pulls the plug of.
  static final Disk UNSYNCED = Unsynced::open;

  private record Unsynced(Disk.LogFile file) implements Disk.LogFile {
    static Unsynced open(Path path) throws IOException {
      return new Unsynced(Disk.REAL.open(path));
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      file.write(bytes, at);
    }

    @Override
    public void sync() {}

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private Stores() {}

  static SegmentStore open(Path directory) {
    return open(directory, TINY);
  }

  static SegmentStore open(Path directory, StoreOptions options) {
    return SegmentStore.open(directory, Graphs.root(), options, UNSYNCED);
  }

  /// Random events after R, placed, in batches of random size.
  static List<List<Placed>> batches(SplittableRandom random, int size) {
    var memory = memory();
    var placed = new ArrayList<Placed>();
    for (var event : Graphs.random(random, size)) {
      if (memory.position(event.id()) == 0) {
        placed.add(Graphs.place(memory, event));
        memory.append(List.of(placed.getLast()));
      }
    }
    var batches = new ArrayList<List<Placed>>();
    for (int from = 0; from < placed.size(); ) {
      int to = Math.min(placed.size(), from + random.nextInt(1, 15));
      batches.add(
          placed.subList(from, to).stream().map(each -> Graphs.withReceipt(each, random)).toList());
      from = to;
    }
    return batches;
  }

  static MemoryStore memory() {
    var store = new MemoryStore();
    store.append(List.of(placedRoot()));
    return store;
  }

  static Placed placedRoot() {
    Event root = Graphs.root().event();
    return new Placed(
        new Node(1, root.id(), 0, root.machine(), true, root.body().length, Positions.of()), root);
  }

  /// R and these batches, as a list looks at them.
  static Model model(List<List<Placed>> batches) {
    var model = new Model(memory());
    batches.forEach(model::add);
    return model;
  }

  /// The batches that a store with so many events holds; fails when it is part of one.
  static List<List<Placed>> heldBy(EventStore store, List<List<Placed>> batches) {
    long count = store.count();
    var held = batches.stream().takeWhile(batch -> batch.getLast().position() <= count).toList();
    long last = held.isEmpty() ? 1 : held.getLast().getLast().position();
    if (last != count) {
      throw new AssertionError("holds " + count + " events: part of a batch");
    }
    return held;
  }

  static void copy(Path from, Path to) {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    Index.delete(directory);
  }

  /// The file that holds this address.
  static Path file(Path directory, long address) {
    return directory.resolve("log/%08d.log".formatted(LogAddress.segment(address)));
  }

  /// Changes one byte of the log.
  static void flip(Path directory, long address) {
    try (var file = new RandomAccessFile(file(directory, address).toFile(), "rw")) {
      file.seek(LogAddress.offset(address));
      int value = file.read();
      file.seek(LogAddress.offset(address));
      file.write(value ^ 0x41);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Changes one byte in each table of the index.
  static void damageIndex(Path directory, SplittableRandom random) throws IOException {
    try (var files = Files.list(directory.resolve("index"))) {
      for (var path : files.filter(each -> each.toString().endsWith(".sst")).toList()) {
        var bytes = Files.readAllBytes(path);
        bytes[random.nextInt(bytes.length)] ^= 0x41;
        Files.write(path, bytes);
      }
    }
  }

  /// Overwrites the log with zeros from here to the end of the segment: as if nothing had been
  /// written there.
  static void zeroFrom(Path directory, long address) {
    try (var file = new RandomAccessFile(file(directory, address).toFile(), "rw")) {
      long offset = LogAddress.offset(address);
      file.seek(offset);
      file.write(new byte[(int) (file.length() - offset)]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What opening finds to be the last position of a log without an index; it also makes it so.
  static long endOfLog(Path directory) {
    try (var log =
        SegmentLog.open(directory.resolve("log"), Graphs.root().event().id(), TINY, UNSYNCED)) {
      var identity = log.identity();
      var nothing = new Checkpoint(0, 0, -1, 0, identity.logHigh(), identity.logLow());
      var recovery =
          new Recovery(
              log,
              new RecordCodec(identity),
              nothing,
              new Heals(directory.resolve("heals"), Graphs.root().event().id(), TINY, UNSYNCED));
      recovery.settle();
      return recovery.end();
    }
  }

  /// All whole records of a directory's log.
  static List<LogRecord> records(Path directory) {
    var records = new ArrayList<LogRecord>();
    try (var log =
        SegmentLog.open(directory.resolve("log"), Graphs.root().event().id(), TINY, UNSYNCED)) {
      var scan = new LogScan(log, new RecordCodec(log.identity()), 0);
      for (var record = scan.next(); record != null; record = scan.next()) {
        records.add(record);
      }
    }
    return records;
  }
}
