package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.dag.Graphs;
import io.sennit.dag.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, and a store that is opened again in place.
final class RoomTest {
  private final FailingDisk disk = new FailingDisk();

  @TempDir Path directory;

  private ReopenableStore open() {
    return new ReopenableStore(
        () -> SegmentStore.open(directory, Graphs.root(), Stores.TINY, disk));
  }

  @Test
  void aStoreSaysHowMuchRoomItNeeds() {
    try (var store = open()) {
      long needed = store.room().neededBytes();
      assertThat(needed).isBetween(4L << 20, 96L << 20);
      assertThat(store.room().plenty()).isTrue();
      disk.freeBytes = 1 << 20; // while the index works, what is needed changes
      assertThat(store.room().enough()).isFalse();
      assertThat(store.room().toString()).startsWith("disk full: ").contains("free", "needs");
    }
  }

  @Test
  void plentyIsAQuarterMoreThanEnough() {
    assertThat(new Room(directory, 999, 1000).enough()).isFalse();
    assertThat(new Room(directory, 1000, 1000).enough()).isTrue();
    assertThat(new Room(directory, 1249, 1000).plenty()).isFalse();
    assertThat(new Room(directory, 1250, 1000).plenty()).isTrue();
  }

  @Test
  void whereRoomIsScarceTheNextSegmentIsSmaller() {
    var batches = Stores.batches(new SplittableRandom(1), 200);
    long[] sizes = new long[2];
    for (int i = 0; i < 2; i++) {
      disk.freeBytes = i == 0 ? Long.MAX_VALUE : 8L * Stores.TINY.segmentSizeBytesMin();
      var home = directory.resolve("" + i);
      try (var store = SegmentStore.open(home, Graphs.root(), Stores.TINY, disk)) {
        batches.forEach(store::append);
        Stores.model(batches).check(store, new SplittableRandom(2));
      }
      try (var log =
          SegmentLog.open(home.resolve("log"), Graphs.root().event().id(), Stores.TINY, disk)) {
        sizes[i] = log.segmentSizeBytes(log.segmentNumbers().getLast());
      }
    }
    assertThat(sizes[1]).isLessThan(sizes[0]);
  }

  @Test
  void aFullDiskIsToldFromAFaultyOne() {
    assertThat(new StoreException("x", new IOException("No space left on device")).full()).isTrue();
    assertThat(new StoreException("x", new IOException("Disk quota exceeded")).full()).isTrue();
    assertThat(new StoreException("x", new IOException("Input/output error")).full()).isFalse();
    assertThat(new StoreException("a; No space left on device").full()).isTrue();
  }

  /// Whatever fails, and however often: what was durable stays, what was on its way is there whole
  /// or not at all, and readers only wait.
  @Test
  void aStoreThatFailedIsOpenedAgainUnderItsReaders() {
    Seeds.check(
        3,
        random -> {
          Stores.delete(directory);
          var batches = Stores.batches(random, 150);
          var done = new AtomicBoolean();
          var failures = new ConcurrentLinkedQueue<Throwable>();
          try (var store = open()) {
            var reader = Thread.ofVirtual().start(() -> read(store, done, failures));
            for (var batch : batches) {
              if (batch.getLast().position() <= store.count()) {
                continue; // it was there whole
              }
              if (random.nextInt(4) == 0) {
                failAndReopen(store, random, batch);
              }
              store.append(batch);
            }
            Stores.model(batches).check(store, random);
            done.set(true);
            reader.join();
          }
          assertThat(failures).isEmpty();
        });
  }

  private void failAndReopen(ReopenableStore store, SplittableRandom random, List<Placed> batch) {
    long durable = store.count();
    boolean onSync = random.nextBoolean();
    disk.refusesSyncs = onSync;
    disk.refusesWrites = !onSync;
    assertThatThrownBy(() -> store.append(batch)).isInstanceOf(StoreException.class);
    if (random.nextBoolean()) {
      disk.refusesFiles = true;
      assertThatThrownBy(store::reopen).isInstanceOf(StoreException.class);
      disk.refusesFiles = false;
    }
    disk.refusesSyncs = false;
    disk.refusesWrites = false;
    store.reopen();
    assertThat(store.count()).isIn(durable, batch.getLast().position());
  }

  private static void read(
      ReopenableStore store, AtomicBoolean done, ConcurrentLinkedQueue<Throwable> failures) {
    long seen = 0;
    while (!done.get()) {
      try {
        long count = store.count();
        if (count < seen) {
          failures.add(new AssertionError("had " + seen + " events, has " + count));
        }
        seen = count;
        for (long position = 1; position <= count; position++) {
          if (store.position(store.event(position).id()) != position) {
            failures.add(new AssertionError("another event at " + position));
          }
        }
      } catch (StoreException e) {
        if (!String.valueOf(e.getMessage()).contains("opened again")) {
          failures.add(e);
        }
      }
    }
  }

  /// The log is the truth: what it has is shown although the index writes no more.
  @Test
  void anIndexThatFailsTakesNothingWithIt() throws IOException {
    var batches = Stores.batches(new SplittableRandom(7), 400);
    var why = new CompletableFuture<StoreException>();
    var held = new ArrayList<List<Placed>>();
    var store = open();
    try {
      store.onFailure(why::complete);
      store.append(batches.getFirst());
      held.add(batches.getFirst());
      Files.move(directory.resolve("index"), directory.resolve("gone"));
      for (var batch : batches.subList(1, batches.size())) {
        try {
          store.write(List.of(batch));
        } catch (StoreException stopped) {
          break;
        }
        store.publish(batch);
        held.add(batch);
      }
      assertThat(why.orTimeout(20, TimeUnit.SECONDS).join().full()).isFalse();
      assertThat(held).hasSizeLessThan(batches.size());
      Stores.model(held).check(store, new SplittableRandom(8));
    } finally {
      store.close();
    }
    try (var again = open()) {
      Stores.model(held).check(again, new SplittableRandom(9));
      batches.forEach(again::append);
      Stores.model(batches).check(again, new SplittableRandom(10));
    }
  }

  @Test
  void aStoreThatIsClosedStaysClosed() {
    var store = open();
    store.close();
    assertThatThrownBy(store::reopen).hasMessageContaining("closed");
    assertThatThrownBy(store::tips).hasMessageContaining("closed");
  }
}
