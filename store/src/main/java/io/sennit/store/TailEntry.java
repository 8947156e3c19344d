package io.sennit.store;

import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import org.jspecify.annotations.Nullable;

/// A visible event that RocksDB may not have yet.
///
/// @param node null when the event is damaged and nothing else knew its uuid
/// @param address of its record
/// @param receipt of the request it is the first event of, if that had a key
/// @param ended parents that were tips until it came
record TailEntry(
    long position, @Nullable Node node, long address, @Nullable Receipt receipt, Positions ended) {

  TailEntry(long position, @Nullable Node node, long address, @Nullable Receipt receipt) {
    this(position, node, address, receipt, Positions.of());
  }

  TailEntry ending(Positions tips) {
    return new TailEntry(position, node, address, receipt, tips);
  }

  /// What it costs to keep: one, and more with many parents.
  int weight() {
    return node == null ? 1 : 1 + node.parents().size() / 8;
  }
}
