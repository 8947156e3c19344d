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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The platform thread that waits for the disk: takes every batch that is queued, writes them
/// together, and syncs once for all of them. It also looks whether the disk has room for more.
/// Where nothing is queued and the disk is quick, the driver may write [itself][#writeHere].
///
/// ```text
///   writing ──a write failed──▶ waits until the driver has given up what was queued
///      ▲                                  │
///      └── opens the store again ◀── waits for room, if that is what was lacking; ends if not
/// ```
final class StoreWriter {
  /// What became of what was handed in. Called on the thread that wrote.
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
  private static final long LOOK_NANOS = 200_000_000L;

  private static final long LOOK_SIZE_BYTES = 1 << 20;

  /// A disk that syncs faster takes less time than waking another thread twice and the work that
  /// could be done meanwhile.
  private static final long QUICK_NANOS = 1_000_000;

  private final ReopenableStore store;
  private final MachineId machine;
  private final Supplier<Room> room;
  private final Told told;
  private final ConcurrentLinkedQueue<Task> queue = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().name("sennit-disk").unstarted(this::run);
  private final Doorbell doorbell;
  private volatile boolean closing;

  /// Written by the thread that writes; there is one at a time.
  private volatile Traffic traffic = Traffic.NONE;

  /// Whether the last write was.
  private volatile boolean quick;

  private boolean full;
  private long unlookedSizeBytes;
  private long lookedNanos = System.nanoTime();

  /// @param room what the disk has, as far as this writer is to know
  /// @param worthLooking as for a [Doorbell]
  StoreWriter(
      ReopenableStore store,
      MachineId machine,
      Supplier<Room> room,
      Told told,
      BooleanSupplier worthLooking) {
    this.store = store;
    this.machine = machine;
    this.room = room;
    this.told = told;
    this.doorbell = new Doorbell(thread, worthLooking);
  }

  void start() {
    store.onFailure(e -> hand(new Task.Failed(e)));
    look();
    thread.start();
  }

  void write(List<Placed> batch) {
    hand(new Task.Write(batch));
  }

  /// Writes these on the calling thread, if the disk is quick.
  ///
  /// The caller is the one that hands in, and nothing that it handed in before is on its way; so
  /// nobody else writes now.
  ///
  /// @return whether they are written, or the store has failed; else hand them in
  boolean writeHere(List<List<Placed>> batches) {
    if (!quick || closing) {
      return false;
    }
    try {
      writeNow(batches);
      told.written(batches);
    } catch (StoreException e) {
      hand(new Task.Failed(e));
    }
    return true;
  }

  private void writeNow(List<List<Placed>> batches) {
    long begin = System.nanoTime();
    store.write(batches);
    long nanos = System.nanoTime() - begin;
    quick = nanos < QUICK_NANOS;
    count(batches, nanos);
  }

  /// Nobody waits any more for what was handed in before.
  void givenUp() {
    hand(new Task.GivenUp());
  }

  private void hand(Task task) {
    queue.add(task);
    doorbell.ring();
  }

  /// Waits a while for the next one.
  private @Nullable Task next() {
    doorbell.await(() -> !queue.isEmpty(), LOOK_NANOS);
    return queue.poll();
  }

  private void run() {
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
  }

  /// @return why it cannot go on, or null when it is closed
  private @Nullable StoreException serve() {
    var tasks = new ArrayList<Task>();
    while (true) {
      boolean closed = false;
      for (var task = next(); task != null; task = queue.poll()) {
        tasks.add(task);
      }
      if (!tasks.isEmpty()) {
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
            writeNow(batches);
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
      if (unlookedSizeBytes >= LOOK_SIZE_BYTES || System.nanoTime() - lookedNanos >= LOOK_NANOS) {
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
  private boolean awaitGivenUp() {
    while (!closing) {
      if (next() instanceof Task.GivenUp) {
        return true;
      }
    }
    return false;
  }

  /// Waits for room and opens the store again. Nothing is queued meanwhile but that the index of
  /// the store that failed goes on failing.
  ///
  /// @return false when it is closed
  private boolean reopened() {
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
      next();
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
    hand(new Task.Close());
    thread.join();
  }
}
