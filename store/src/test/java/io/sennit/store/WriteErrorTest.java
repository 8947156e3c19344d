package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.dag.Graphs;
import io.sennit.dag.Key;
import io.sennit.event.EventId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store does when the disk refuses, and when it is closed under its readers.
final class WriteErrorTest {
  private final FailingDisk disk = new FailingDisk();

  @TempDir Path directory;

  private SegmentStore open() {
    return SegmentStore.open(directory, Graphs.root(), Stores.TINY, disk);
  }

  @Test
  void aWriteThatFailedIsNeverTriedAgain() {
    var batches = Stores.batches(new SplittableRandom(1), 60);
    for (boolean onSync : new boolean[] {true, false}) {
      try (var store = open()) {
        var next = batches.stream().filter(each -> each.getLast().position() > store.count());
        var left = next.toList();
        store.append(left.getFirst());
        long count = store.count();
        disk.refusesSyncs = onSync;
        disk.refusesWrites = !onSync;
        assertThatThrownBy(() -> store.append(left.get(1))).isInstanceOf(StoreException.class);
        disk.refusesSyncs = false;
        disk.refusesWrites = false;
        int syncs = disk.syncs.get();
        assertThatThrownBy(() -> store.append(left.get(1)))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("stopped");
        assertThat(disk.syncs).hasValue(syncs);
        assertThat(store.count()).isEqualTo(count);
        assertThat(store.event(count).id()).isEqualTo(store.node(count).id());
      }
    }
    try (var store = open()) {
      Stores.heldBy(store, batches);
      batches.forEach(store::append);
      Stores.model(batches).check(store, new SplittableRandom(2));
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    var store = open();
    var batches = Stores.batches(new SplittableRandom(3), 20);
    store.append(batches.getFirst());
    store.close();
    store.close();
    for (Runnable use :
        new Runnable[] {
          () -> store.event(1),
          () -> store.node(1),
          store::tips,
          () -> store.position(new EventId(1, 2, 3, 4)),
          () -> store.summary(Key.MIN, Key.MAX),
          () -> store.append(batches.get(1))
        }) {
      assertThatThrownBy(use::run)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void closingWaitsForReadersAndTellsTheNext() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      var store = open();
      Stores.batches(new SplittableRandom(4), 60).forEach(store::append);
      var failures = new ConcurrentLinkedQueue<Throwable>();
      var readers = new ArrayList<Thread>();
      var begun = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        readers.add(Thread.ofVirtual().start(() -> readUntilClosed(store, begun, failures)));
      }
      begun.await();
      store.close();
      for (var reader : readers) {
        reader.join();
      }
      assertThat(failures).isEmpty();
    }
  }

  private static void readUntilClosed(
      SegmentStore store, CountDownLatch begun, ConcurrentLinkedQueue<Throwable> failures) {
    try {
      store.event(1);
      begun.countDown();
      for (long position = 1; ; position = position % store.count() + 1) {
        store.position(store.event(position).id());
        store.keys(Key.MIN, Key.MAX, 10);
      }
    } catch (StoreException e) {
      if (!String.valueOf(e.getMessage()).contains("closed")) {
        failures.add(e);
      }
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  @Test
  void aReaderThatIsInterruptedHarmsNobody() throws InterruptedException {
    try (var store = open()) {
      var batches = Stores.batches(new SplittableRandom(5), 100);
      batches.forEach(store::append);
      var reader =
          Thread.ofPlatform()
              .start(() -> {
                Thread.currentThread().interrupt();
                for (long position = 1; position <= store.count(); position++) {
                  store.event(position);
                }
              });
      reader.join();
      Stores.model(batches).check(store, new SplittableRandom(6));
    }
  }
}
