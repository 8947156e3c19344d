package io.sennit.store;

import io.sennit.dag.EventStore;
import io.sennit.dag.Key;
import io.sennit.dag.Node;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.dag.Summary;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// A store that can be opened again in place, after it could not write.
///
/// What was visible stays at its position; what was being written when it failed is there whole or
/// not at all. Who reads meanwhile waits, and is answered by the store that takes its place.
public final class ReopenableStore implements EventStore, AutoCloseable {
  private final Supplier<SegmentStore> opening;
  private volatile SegmentStore present;
  private volatile Consumer<StoreException> onFailure = _ -> {};
  private volatile Consumer<List<Long>> onDamage = _ -> {};
  private boolean closed;

  /// Opens it.
  ReopenableStore(Supplier<SegmentStore> opening) {
    this.opening = opening;
    this.present = opened();
  }

  private SegmentStore opened() {
    var store = opening.get();
    store.onFailure(why -> onFailure.accept(why));
    store.onDamage(positions -> onDamage.accept(positions));
    return store;
  }

  /// Tells whom, on a thread of the store, when it can write no more for another reason than a
  /// write that throws.
  public void onFailure(Consumer<StoreException> listener) {
    onFailure = listener;
    present.onFailure(listener);
  }

  /// As [SegmentStore#onDamage], also of the stores to come.
  public void onDamage(Consumer<List<Long>> listener) {
    onDamage = listener;
    present.onDamage(listener);
  }

  /// Closes the store and opens it as after a restart. Waits for whoever reads.
  ///
  /// @throws StoreException when it cannot be opened now; it may be tried again
  public synchronized void reopen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    present.close();
    present = opened();
  }

  /// The store that took the place of this one, which is closed.
  private synchronized SegmentStore successor(SegmentStore before, StoreException e) {
    if (present == before) {
      throw closed
          ? e
          : new StoreException(
              "the store could not be opened again yet; it is tried while this process runs", e);
    }
    return present;
  }

  private <T> T ask(Function<SegmentStore, T> question) {
    var store = present;
    while (true) {
      try {
        return question.apply(store);
      } catch (StoreException e) {
        if (!store.isClosed()) {
          throw e;
        }
        store = successor(store, e);
      }
    }
  }

  /// As [SegmentStore#write].
  public void write(List<List<Placed>> batches) {
    present.write(batches);
  }

  /// As [SegmentStore#publish].
  public void publish(List<Placed> batch) {
    ask(store -> {
      store.publish(batch);
      return true;
    });
  }

  @Override
  public void append(List<Placed> batch) {
    write(List.of(batch));
    publish(batch);
  }

  /// As [SegmentStore#durablePosition].
  public long durablePosition() {
    return present.durablePosition();
  }

  /// As [SegmentStore#sizeOnDisk].
  public SegmentStore.SizeOnDisk sizeOnDisk() {
    return ask(SegmentStore::sizeOnDisk);
  }

  /// As [SegmentStore#replay].
  public SegmentStore.Replay replay() {
    return ask(SegmentStore::replay);
  }

  /// As [SegmentStore#room].
  public Room room() {
    return present.room();
  }

  /// As [SegmentStore#audit].
  public List<Finding> audit(Root root, Seals seals, LongConsumer progress) {
    return ask(store -> store.audit(root, seals, progress));
  }

  /// As [SegmentStore#scrub].
  public SegmentStore.Scrubbed scrub(long position) {
    return ask(store -> store.scrub(position));
  }

  @Override
  public Optional<Event> intact(long position) {
    return ask(store -> store.intact(position));
  }

  @Override
  public Optional<PackedRuns> packed(long position) {
    return ask(store -> store.packed(position));
  }

  /// As [SegmentStore#damaged].
  public List<Long> damaged() {
    return ask(SegmentStore::damaged);
  }

  /// As [SegmentStore#lost].
  public List<Long> lost() {
    return ask(SegmentStore::lost);
  }

  /// As [SegmentStore#opening].
  public List<Finding> opening() {
    return ask(SegmentStore::opening);
  }

  /// As [SegmentStore#heal].
  public void heal(List<Placed> events) {
    present.heal(events);
  }

  /// As [SegmentStore#mendHeaders].
  public void mendHeaders() {
    present.mendHeaders();
  }

  @Override
  public long count() {
    return ask(SegmentStore::count);
  }

  @Override
  public long position(EventId id) {
    return ask(store -> store.position(id));
  }

  @Override
  public Node node(long position) {
    return ask(store -> store.node(position, () -> ask(later -> later.parents(position))));
  }

  @Override
  public Event event(long position) {
    return ask(store -> store.event(position));
  }

  @Override
  public List<EventId> tips() {
    return ask(SegmentStore::tips);
  }

  @Override
  public Positions authorTips(MachineId machine) {
    return ask(store -> store.authorTips(machine));
  }

  @Override
  public List<MachineId> authors(MachineId after, int limit) {
    return ask(store -> store.authors(after, limit));
  }

  @Override
  public Summary summary(Key from, Key to) {
    return ask(store -> store.summary(from, to));
  }

  @Override
  public Key select(Key from, long rank) {
    return ask(store -> store.select(from, rank));
  }

  @Override
  public List<Key> keys(Key from, Key to, int limit) {
    return ask(store -> store.keys(from, to, limit));
  }

  @Override
  public List<EventId> idsWithPrefix(String prefix, int limit) {
    return ask(store -> store.idsWithPrefix(prefix, limit));
  }

  @Override
  public Optional<Receipt> receipt(String key) {
    return ask(store -> store.receipt(key));
  }

  @Override
  public synchronized void close() {
    closed = true;
    present.close();
  }
}
