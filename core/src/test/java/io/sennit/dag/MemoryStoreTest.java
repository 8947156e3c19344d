package io.sennit.dag;

import java.util.List;

/// The store in memory keeps the contract.
final class MemoryStoreTest extends EventStoreContract {
  @Override
  protected EventStore freshStore() {
    return Graphs.store(List.of(Graphs.root().event()));
  }
}
