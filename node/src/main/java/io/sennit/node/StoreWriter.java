package io.sennit.node;

import io.sennit.dag.Placed;
import io.sennit.event.MachineId;
import io.sennit.store.SegmentStore;
import io.sennit.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// The platform thread that waits for the disk: takes every batch that is queued, writes them
/// together, and syncs once for all of them.
final class StoreWriter {
  private final SegmentStore store;
  private final MachineId machine;
  private final Consumer<List<List<Placed>>> written;
  private final Consumer<StoreException> failed;
  private final LinkedBlockingQueue<List<Placed>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("sennit-disk").unstarted(this::run);

  /// Written by the disk's thread only.
  private volatile Traffic traffic = Traffic.NONE;

  StoreWriter(
      SegmentStore store,
      MachineId machine,
      Consumer<List<List<Placed>>> written,
      Consumer<StoreException> failed) {
    this.store = store;
    this.machine = machine;
    this.written = written;
    this.failed = failed;
  }

  void start() {
    thread.start();
  }

  void write(List<Placed> batch) {
    queue.add(batch);
  }

  private void run() {
    var batches = new ArrayList<List<Placed>>();
    try {
      while (true) {
        batches.add(queue.take());
        queue.drainTo(batches);
        boolean last = batches.removeIf(List::isEmpty);
        if (!batches.isEmpty()) {
          long begin = System.nanoTime();
          store.write(batches);
          count(batches, System.nanoTime() - begin);
          written.accept(List.copyOf(batches));
          batches.clear();
        }
        if (last) {
          return;
        }
      }
    } catch (StoreException e) {
      failed.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(List<List<Placed>> batches, long nanos) {
    long own = 0;
    long all = 0;
    for (var batch : batches) {
      all += batch.size();
      for (var placed : batch) {
        own += placed.event().machine().equals(machine) ? 1 : 0;
      }
    }
    traffic = traffic.plus(own, all - own, nanos);
  }

  Traffic traffic() {
    return traffic;
  }

  /// Writes what is queued and ends the thread.
  void close() throws InterruptedException {
    queue.add(List.of());
    thread.join();
  }
}
