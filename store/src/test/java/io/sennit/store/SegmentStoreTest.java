package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.sennit.Seeds;
import io.sennit.dag.EventStore;
import io.sennit.dag.EventStoreContract;
import io.sennit.dag.Graphs;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.dag.Receipt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store on the disk keeps the contract, with segments and batches so small that everything
/// turns over within a test.
final class SegmentStoreTest extends EventStoreContract {
  private final List<SegmentStore> open = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void closeAll() {
    open.forEach(SegmentStore::close);
  }

  @Override
  protected EventStore freshStore() {
    var store = Stores.open(directory.resolve("store-" + open.size()));
    open.add(store);
    return store;
  }

  @Test
  void theNewestReceiptsAreKeptAndTheOldestGo() {
    var folder = directory.resolve("receipts");
    int number = Receipt.KEPT_MIN + 5000;
    try (var store = Stores.open(folder, StoreOptions.DEFAULT)) {
      for (var batch : Graphs.chainWithReceipts(store, number)) {
        store.append(batch);
      }
    }
    try (var again = Stores.open(folder, StoreOptions.DEFAULT)) {
      assertThat(again.receipt("key 1")).isEmpty();
      assertThat(again.receipt("key 4000")).isEmpty();
      for (int each = 5001; each <= number; each += 499) {
        assertThat(again.receipt("key " + each)).hasValue(Graphs.chainReceipt(each));
      }
    }
  }

  /// What a peer is sent is what the log holds, and what the core defines.
  @Test
  void recordsArePackedAsTheCorePacksThem() {
    Seeds.check(
        3,
        random -> {
          var memory = Graphs.store(Graphs.random(random, 300));
          var all = new ArrayList<Placed>();
          for (long position = 2; position <= memory.count(); position++) {
            all.add(new Placed(memory.node(position), memory.event(position)));
          }
          var folder = directory.resolve("packed-" + random.nextLong());
          try (var store = Stores.open(folder, StoreOptions.DEFAULT)) {
            store.append(all.subList(0, 100));
            store.append(all.subList(100, 150));
            store.append(all.subList(150, 299));
            for (long position = 1; position <= store.count(); position++) {
              boolean begins = position == 2 || position == 152; // the second is too short
              assertThat(store.packed(position).isPresent()).as("%d", position).isEqualTo(begins);
            }
            var packed = store.packed(152).orElseThrow();
            var expected =
                PackedRuns.of(all.subList(150, 299), position -> memory.node(position).id());
            assertThat(packed.compressed()).isTrue();
            assertThat(Zstd.decompress(packed.block(), packed.blockSizeBytes()))
                .isEqualTo(expected.block());
            assertThat(packed.outside()).isEqualTo(expected.outside());
            assertThat(packed.events()).isEqualTo(expected.events());
            assertThat(packed.sizeBytes()).isEqualTo(expected.sizeBytes());
          }
        });
  }

  @Test
  void whatIsOrWasDamagedIsNotPacked() throws IOException {
    var memory = Graphs.store(Graphs.random(new SplittableRandom(7), 200));
    var all = new ArrayList<Placed>();
    for (long position = 2; position <= memory.count(); position++) {
      all.add(new Placed(memory.node(position), memory.event(position)));
    }
    var folder = directory.resolve("damaged");
    try (var store = Stores.open(folder, StoreOptions.DEFAULT)) {
      store.append(all);
      assertThat(store.packed(2)).isPresent();
      try (var log = new RandomAccessFile(folder.resolve("log/00000001.log").toFile(), "rw")) {
        long at = store.sizeOnDisk().logSizeBytes() - 100;
        log.seek(at);
        int before = log.read();
        log.seek(at);
        log.write(before ^ 1);
        assertThat(store.packed(2)).isEmpty();
        assertThat(store.scrub(2).findings()).isNotEmpty();
        log.seek(at);
        log.write(before);
      }
      assertThat(store.packed(2)).as("it is marked").isEmpty();
    }
  }

  @Override
  protected int runs() {
    return 6;
  }
}
