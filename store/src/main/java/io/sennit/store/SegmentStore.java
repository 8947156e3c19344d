package io.sennit.store;

import io.sennit.dag.EventStore;
import io.sennit.dag.Placed;
import java.util.List;

/// The store on the disk, in two steps so that the next batch forms while the last one is synced:
/// [#write] makes batches durable, [#publish] makes them visible to readers.
///
/// One thread writes, one thread publishes, any thread reads.
public abstract class SegmentStore implements EventStore, AutoCloseable {
  SegmentStore() {}

  /// Appends the batches to the log and syncs once. When it returns they are durable.
  ///
  /// @throws StoreException when a write or the sync fails; from then on every write fails, because
  ///   nobody knows what of it is on the disk
  public abstract void write(List<List<Placed>> batches);

  /// Makes a batch that was written visible. Batches are published in the order of their positions.
  public abstract void publish(List<Placed> batch);

  /// Writes and publishes in one step.
  @Override
  public final void append(List<Placed> batch) {
    write(List.of(batch));
    publish(batch);
  }

  /// Flushes the index and closes the files. Anything that was not written is lost; nothing that
  /// was written is.
  @Override
  public abstract void close();
}
