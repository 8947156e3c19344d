package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.EventStore;
import io.sennit.dag.EventStoreContract;
import io.sennit.dag.Graphs;
import io.sennit.dag.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Override
  protected int runs() {
    return 6;
  }
}
