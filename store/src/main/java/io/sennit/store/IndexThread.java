package io.sennit.store;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings the tail to RocksDB, on a platform thread of its own.
final class IndexThread {
  /// A flush comes after so many bytes of events, too: opening reads what was not flushed.
  private static final long FLUSH_SIZE_BYTES = 64 << 20;

  private final Index index;
  private final Indexer indexer;
  private final Visible visible;
  private final StoreOptions options;
  private final Thread thread;
  private @Nullable Consumer<StoreException> onFailure;
  private @Nullable StoreException failure;
  private long unflushedEvents;
  private long unflushedSizeBytes;

  IndexThread(
      Index index, Checkpoint checkpoint, IdLists lists, Visible visible, StoreOptions options) {
    this.index = index;
    this.indexer = new Indexer(index, checkpoint, lists, options.parentsMax());
    this.visible = visible;
    this.options = options;
    thread = Thread.ofPlatform().name("sennit-index").daemon().start(this::run);
  }

  /// Tells whom to stop when RocksDB cannot go on.
  synchronized void onFailure(Consumer<StoreException> listener) {
    onFailure = listener;
    if (failure != null) {
      listener.accept(failure);
    }
  }

  private void run() {
    try {
      for (var taken = visible.take(); taken != null; taken = visible.take()) {
        var slice = taken.slice();
        write(slice);
        visible.indexed(indexer.lists(), index.moment());
        flushSometimes(slice);
      }
      index.flush(true);
    } catch (RuntimeException e) {
      fail(e instanceof StoreException known ? known : new StoreException("the index broke", e));
    }
  }

  private void write(Generation.Slice slice) {
    var view = visible.acquire();
    try {
      indexer.write(slice, view);
    } finally {
      view.moment().release();
    }
  }

  private void flushSometimes(Generation.Slice slice) {
    unflushedEvents += slice.size();
    for (int i = 0; i < slice.size(); i++) {
      var node = slice.entry(i).node();
      unflushedSizeBytes += node == null ? 0 : node.sizeBytes();
    }
    if (unflushedEvents >= options.flushEvents() || unflushedSizeBytes >= FLUSH_SIZE_BYTES) {
      index.flush(false);
      unflushedEvents = 0;
      unflushedSizeBytes = 0;
    }
  }

  private synchronized void fail(StoreException why) {
    failure = why;
    visible.fail(why);
    if (onFailure != null) {
      onFailure.accept(why);
    }
  }

  /// Waits until the thread is done; the tail must have been closed.
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
