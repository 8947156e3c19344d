package io.sennit.node;

import io.sennit.dag.Placed;
import io.sennit.event.MachineId;
import io.sennit.store.ReopenableStore;
import io.sennit.store.Room;
import io.sennit.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The platform thread that waits for the disk: takes every batch that is queued, writes them
/// together, and syncs once for all of them. It also looks whether the disk has room for more.
///
/// ```text
///   writing ──a write failed──▶ waits until the driver has given up what was queued
///      ▲                                  │
///      └── opens the store again ◀── waits for room, if that is what was lacking; ends if not
/// ```
final class StoreWriter {
  /// What became of what was handed in. Called on the writer's thread.
  interface Told {
    /// These are durable, in this order.
    void written(List<List<Placed>> batches);

    /// The store takes nothing more; the driver answers with [StoreWriter#givenUp].
    void failed(StoreException e);

    /// The disk is nearly full.
    void full(Room room);

    /// The disk has room again.
    void room(Room room);

    /// The store was opened again, and holds what it holds.
    void reopened();
  }

  private sealed interface Task {
    record Write(List<Placed> batch) implements Task {}

    /// The store cannot go on, for a reason that no write showed.
    record Failed(StoreException e) implements Task {}

    /// Whatever was queued before is of no interest any more.
    record GivenUp() implements Task {}

    record Close() implements Task {}
  }

  private static final Logger LOG = System.getLogger(StoreWriter.class.getName());

  /// So often the disk is asked for its room, and whenever so much was written.
  private static final long LOOK_MILLIS = 200;

  private static final long LOOK_SIZE_BYTES = 1 << 20;

  private final ReopenableStore store;
  private final MachineId machine;
  private final Supplier<Room> room;
  private final Told told;
  private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("sennit-disk").unstarted(this::run);
  private volatile boolean closing;

  /// Written by the disk's thread only.
  private volatile Traffic traffic = Traffic.NONE;

  private boolean full;
  private long unlookedSizeBytes;
  private long lookedNanos = System.nanoTime();

  /// @param room what the disk has, as far as this writer is to know
  StoreWriter(ReopenableStore store, MachineId machine, Supplier<Room> room, Told told) {
    this.store = store;
    this.machine = machine;
    this.room = room;
    this.told = told;
  }

  void start() {
    store.onFailure(e -> queue.add(new Task.Failed(e)));
    look();
    thread.start();
  }

  void write(List<Placed> batch) {
    queue.add(new Task.Write(batch));
  }

  /// Nobody waits any more for what was handed in before.
  void givenUp() {
    queue.add(new Task.GivenUp());
  }

  private void run() {
    try {
      var failure = serve();
      while (failure != null) {
        told.failed(failure);
        if (!awaitGivenUp() || !failure.full() || !reopened()) {
          return;
        }
        full = false;
        told.reopened();
        failure = serve();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return why it cannot go on, or null when it is closed
  private @Nullable StoreException serve() throws InterruptedException {
    var tasks = new ArrayList<Task>();
    while (true) {
      var first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      boolean closed = false;
      if (first != null) {
        tasks.add(first);
        queue.drainTo(tasks);
        var batches = new ArrayList<List<Placed>>(tasks.size());
        for (var task : tasks) {
          switch (task) {
            case Task.Write(var batch) -> batches.add(batch);
            case Task.Failed(var e) -> {
              return e;
            }
            case Task.Close _ -> closed = true;
            case Task.GivenUp _ -> throw new IllegalStateException("given up, and nothing failed");
          }
        }
        tasks.clear();
        if (!batches.isEmpty()) {
          try {
            long begin = System.nanoTime();
            store.write(batches);
            count(batches, System.nanoTime() - begin);
          } catch (StoreException e) {
            if (closed) {
              told.failed(e);
              return null;
            }
            return e;
          }
          told.written(batches);
          batches.forEach(
              batch -> batch.forEach(placed -> unlookedSizeBytes += placed.event().body().length));
        }
      }
      if (closed) {
        return null;
      }
      if (unlookedSizeBytes >= LOOK_SIZE_BYTES
          || System.nanoTime() - lookedNanos >= TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
        look();
      }
    }
  }

  /// Looks whether there is room for more, and tells when that has changed.
  private void look() {
    unlookedSizeBytes = 0;
    lookedNanos = System.nanoTime();
    var present = room.get();
    if (!full && !present.enough()) {
      full = true;
      told.full(present);
    } else if (full && present.plenty()) {
      full = false;
      told.room(present);
    }
  }

  /// @return false when it is closed
  private boolean awaitGivenUp() throws InterruptedException {
    while (!closing) {
      if (queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS) instanceof Task.GivenUp) {
        return true;
      }
    }
    return false;
  }

  /// Waits for room and opens the store again. Nothing is queued meanwhile but that the index of
  /// the store that failed goes on failing.
  ///
  /// @return false when it is closed
  private boolean reopened() throws InterruptedException {
    var said = "";
    while (!closing) {
      if (room.get().plenty()) {
        try {
          store.reopen();
          return true;
        } catch (StoreException e) {
          var why = String.valueOf(e.getMessage());
          if (!why.equals(said)) {
            LOG.log(Level.WARNING, "the store cannot be opened again yet", e);
            said = why;
          }
        }
      }
      queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return false;
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
    closing = true;
    queue.add(new Task.Close());
    thread.join();
  }
}
