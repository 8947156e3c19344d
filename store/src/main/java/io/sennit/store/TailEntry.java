package io.sennit.store;

import io.sennit.dag.Node;
import org.jspecify.annotations.Nullable;

/// A visible event that RocksDB may not have yet.
///
/// @param node null when the event is damaged and nothing else knew its uuid
/// @param address of its record
record TailEntry(long position, @Nullable Node node, long address) {
  /// What it costs to keep: one, and more with many parents.
  int weight() {
    return node == null ? 1 : 1 + node.parents().size() / 8;
  }
}
