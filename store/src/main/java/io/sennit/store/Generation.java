package io.sennit.store;

import io.sennit.dag.Receipt;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A stretch of the tail: grows while it is the youngest, then goes to RocksDB as one batch.
///
/// One thread adds. A reader sees it through a [Slice], which fixes how far.
final class Generation {
  /// What one moment sees of a generation.
  static final class Slice {
    private final Generation generation;
    private final TailEntry[] entries;
    private final int size;

    private Slice(Generation generation) {
      this.generation = generation;
      this.entries = generation.entries;
      this.size = generation.size;
    }

    int size() {
      return size;
    }

    /// The entry with this number, from 0.
    TailEntry entry(int index) {
      return entries[Objects.checkIndex(index, size)];
    }

    boolean contains(long position) {
      return position >= generation.first && position < generation.first + size;
    }

    TailEntry at(long position) {
      return entry((int) (position - generation.first));
    }

    /// The receipt that came last with this key, or null when this moment does not see one here.
    @Nullable Receipt receipt(String key) {
      var receipt = generation.receipts.get(key);
      return receipt != null && contains(receipt.first()) ? receipt : null;
    }
  }

  private final long first;
  private final Map<String, Receipt> receipts = new ConcurrentHashMap<>(1);
  private TailEntry[] entries;
  private int size;
  private int weight;

  /// Empty.
  ///
  /// @param first the position its first entry will have
  /// @param sizeExpected about how many it may hold
  Generation(long first, int sizeExpected) {
    this.first = first;
    entries = new TailEntry[Math.max(64, sizeExpected)];
  }

  void add(TailEntry entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    entries[size++] = entry;
    weight += entry.weight();
    if (entry.receipt() != null) {
      receipts.put(entry.receipt().key(), entry.receipt());
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  int weight() {
    return weight;
  }

  int size() {
    return size;
  }

  Slice slice() {
    return new Slice(this);
  }
}
