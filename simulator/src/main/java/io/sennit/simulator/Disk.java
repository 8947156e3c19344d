package io.sennit.simulator;

import io.sennit.dag.MemoryStore;
import io.sennit.dag.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// A pretended disk: what is written is durable once a sync has confirmed it, batch by batch. A
/// crash leaves any beginning of what was not confirmed; a batch that is there in part is wiped.
final class Disk {
  private final World world;
  private final List<List<Placed>> unsynced = new ArrayList<>();
  private final List<Placed> placed = new ArrayList<>();
  private final List<Integer> borders = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private boolean syncing;
  private boolean failing;
  private boolean failed;
  private long slowness = 1;

  Disk(World world, List<Placed> first) {
    this.world = world;
    append(first);
  }

  /// A copy of what is durable, or of an older state of it.
  Disk copy(int border) {
    var copy = new Disk(world, placed.subList(0, borders.get(border)));
    copy.borders.clear();
    copy.borders.addAll(borders.subList(0, border + 1));
    return copy;
  }

  /// How many states it went through that a backup could hold.
  int borders() {
    return borders.size();
  }

  MemoryStore store() {
    return store;
  }

  /// Whether nothing is on its way that could still be confirmed.
  boolean idle() {
    return unsynced.isEmpty() || failed;
  }

  boolean failed() {
    return failed;
  }

  void slow(long times) {
    slowness = times;
  }

  /// The next sync fails, and nothing is written any more until a restart.
  void fail() {
    failing = true;
  }

  /// It works as before, unless it has failed already.
  void mend() {
    failing = false;
    slowness = 1;
  }

  /// @param confirmed is told the last position that is durable now
  void write(List<Placed> batch, Site site, LongConsumer confirmed, Consumer<String> refused) {
    if (!failed) {
      unsynced.add(batch);
      sync(site, confirmed, refused);
    }
  }

  /// One sync takes some or all of what was handed in before it began.
  private void sync(Site site, LongConsumer confirmed, Consumer<String> refused) {
    if (syncing || unsynced.isEmpty()) {
      return;
    }
    syncing = true;
    int batches = 1 + (int) world.below(unsynced.size());
    int life = site.life();
    world.in(
        world.syncNanos() * slowness,
        () ->
            site.live(() -> {
              if (site.life() != life) {
                return;
              }
              syncing = false;
              if (failing) {
                failed = true;
                refused.accept("the pretended disk refuses");
                return;
              }
              var synced = unsynced.subList(0, batches);
              synced.forEach(this::append);
              synced.clear();
              confirmed.accept(store.count());
              sync(site, confirmed, refused);
            }));
  }

  private void append(List<Placed> batch) {
    store.append(batch);
    placed.addAll(batch);
    borders.add(placed.size());
  }

  /// The power fails, and comes back.
  void crash() {
    int events = unsynced.stream().mapToInt(List::size).sum();
    long written = world.below(events + 1);
    for (var batch : unsynced) {
      if (written >= batch.size()) {
        append(batch);
        world.tally().count(Fault.SURVIVING_BATCH);
      } else {
        world.tally().count(written > 0 ? Fault.TORN_BATCH : Fault.LOST_BATCH);
      }
      written = Math.max(0, written - batch.size());
    }
    unsynced.clear();
    syncing = false;
    failed = false;
    mend();
  }
}
