package io.sennit.store;

import io.sennit.dag.EventStore;
import io.sennit.dag.EventStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
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

  @Override
  protected int runs() {
    return 6;
  }
}
