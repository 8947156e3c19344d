package io.sennit.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/// RocksDB as it was at one checkpoint, for as long as somebody reads it.
///
/// Counts its readers, so that its snapshot, and RocksDB itself, are closed after the last one.
final class Moment {

  private final Index index;
  private final ReadOptions options;
  private final Runnable release;
  private final AtomicInteger readers = new AtomicInteger(1);

  Moment(Index index, ReadOptions options, Runnable release) {
    this.index = index;
    this.options = options;
    this.release = release;
  }

  /// Whether it could be kept open; it is released later, once.
  boolean retain() {
    while (true) {
      int present = readers.get();
      if (present == 0) {
        return false;
      }
      if (readers.compareAndSet(present, present + 1)) {
        return true;
      }
    }
  }

  void release() {
    if (readers.decrementAndGet() == 0) {
      release.run();
    }
  }

  byte @Nullable [] get(Family family, byte[] key) {
    return index.get(family, options, key);
  }

  /// Rows from this key on, ascending.
  Rows rows(Family family, byte[] from) {
    var iterator = index.iterator(family, options);
    iterator.seek(from);
    return new Rows(iterator);
  }
}
