package io.sennit.store;

import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What readers see, and the only place where it changes.
///
/// ```text
///   publish ──▶ youngest generation ──▶ generation on its way ──▶ RocksDB
///               └─────────────── tail ────────────────┘
/// ```
///
/// Two threads change it: the one that publishes makes the youngest generation longer, the one that
/// indexes takes it away and answers with a newer moment of RocksDB.
final class Visible {
  /// Generations this large are worth a batch at once.
  private static final int WORTH_A_BATCH = 4096;

  private final StoreOptions options;
  private final View.ParentsInLog inLog;
  private final NodeCache cache = new NodeCache();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<EventId> tips = new TreeSet<>();
  private final Map<Long, EventId> tipsByPosition = new HashMap<>();
  private final ConcurrentSkipListSet<Long> lost = new ConcurrentSkipListSet<>();
  private volatile View view;
  private final List<IdTable> tables = new ArrayList<>();
  private IdLists lists;
  private Generation youngest;
  private @Nullable Generation onItsWay;
  private @Nullable StoreException failure;
  private boolean closed;
  private volatile boolean released;

  /// Begins with what RocksDB has.
  Visible(
      StoreOptions options,
      Checkpoint checkpoint,
      IdLists lists,
      Index index,
      View.ParentsInLog inLog) {
    this.options = options;
    this.inLog = inLog;
    this.lists = lists;
    youngest = new Generation(checkpoint.position() + 1, 0);
    view =
        new View(
            checkpoint.position(),
            List.of(),
            checkpoint.heightMax(),
            List.of(),
            List.of(),
            lists,
            index.moment(),
            cache,
            inLog);
    try {
      readTables();
      readTips();
    } catch (RuntimeException e) {
      view.moment().release();
      throw e;
    }
  }

  /// Positions whose events were damaged before the index had them: nothing knows their uuids.
  List<Long> lost() {
    return List.copyOf(lost);
  }

  /// The uuids that no list has yet stand in the nodes.
  private void readTables() {
    for (long position = lists.last() + 1; position <= view.count(); position++) {
      var table = table(position, 1);
      var id = view.id(position);
      if (id != null) {
        table.add(id, position);
      }
    }
  }

  /// The table for this position, which is the next.
  private IdTable table(long position, int expected) {
    if (tables.isEmpty() || tables.getLast().last() < position) {
      int size = lists.listEvents();
      long first = position - (position - 1) % size;
      tables.add(new IdTable(first, size, tables.isEmpty() ? expected : size));
    }
    return tables.getLast();
  }

  private void readTips() {
    try (var rows = view.moment().rows(Family.META, Keys.lost(0))) {
      for (; rows.valid() && Keys.isLost(rows.key()); rows.next()) {
        lost.add(Keys.lostPosition(rows.key()));
      }
    }
    try (var rows = view.moment().rows(Family.META, Keys.tip(0))) {
      for (; rows.valid() && Keys.isTip(rows.key()); rows.next()) {
        long position = Keys.tipPosition(rows.key());
        var id = view.id(position);
        if (id != null) {
          tips.add(id);
          tipsByPosition.put(position, id);
        }
      }
    }
    replaceView(view.count(), view.heightMax(), view.moment());
  }

  /// The present view; the caller releases its moment.
  View acquire() {
    while (!released) {
      var present = view;
      if (present.moment().retain()) {
        return present;
      }
    }
    throw new StoreException("the store is closed");
  }

  /// The last visible position.
  long count() {
    return view.count();
  }

  /// Makes the next entries visible, all at once. Waits while the index is too far behind; an index
  /// that has failed is not waited for, since the entries are durable without it, and what follows
  /// them is no more than what was on its way.
  void add(List<TailEntry> entries) {
    lock.lock();
    try {
      while (youngest.weight() >= options.tailWeightMax() && failure == null && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        throw new StoreException("the store is closed");
      }
      boolean first = youngest.isEmpty();
      long heightMax = view.heightMax();
      for (var entry : entries) {
        var table = table(entry.position(), entries.size());
        var node = entry.node();
        if (node != null) {
          table.add(node.id(), entry.position());
          boolean wide = node.parents().size() > options.parentsMax();
          youngest.add(wide ? entry.ending(tipsAmong(node.parents())) : entry);
          moveTips(node);
          heightMax = Math.max(heightMax, node.height());
        } else {
          youngest.add(entry);
          lost.add(entry.position());
        }
      }
      replaceView(view.count() + entries.size(), heightMax, view.moment());
      if (first || youngest.size() >= WORTH_A_BATCH) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Says so when the index has failed.
  void requireIndexing() {
    lock.lock();
    try {
      if (failure != null) {
        throw new StoreException("the index has stopped: " + failure.getMessage(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private Positions tipsAmong(Positions positions) {
    return Positions.of(positions.stream().filter(tipsByPosition::containsKey).toArray());
  }

  private void moveTips(Node node) {
    for (int i = 0; i < node.parents().size(); i++) {
      var parent = tipsByPosition.remove(node.parents().get(i));
      if (parent != null) {
        tips.remove(parent);
      }
    }
    tips.add(node.id());
    tipsByPosition.put(node.position(), node.id());
  }

  private void replaceView(long count, long heightMax, Moment moment) {
    var tail = new ArrayList<Generation.Slice>(2);
    if (onItsWay != null) {
      tail.add(onItsWay.slice());
    }
    if (!youngest.isEmpty()) {
      tail.add(youngest.slice());
    }
    view =
        new View(
            count,
            List.copyOf(tips),
            heightMax,
            List.copyOf(tail),
            List.copyOf(tables),
            lists,
            moment,
            cache,
            inLog);
  }

  /// The next generation for RocksDB, once it is worth a batch or has waited long enough; null when
  /// the store is closed and nothing is left.
  @Nullable Generation take() {
    lock.lock();
    try {
      while (youngest.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      long nanos = TimeUnit.MILLISECONDS.toNanos(options.lingerMillis());
      while (youngest.size() < WORTH_A_BATCH && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (youngest.isEmpty()) {
        return null;
      }
      var taken = youngest;
      onItsWay = taken;
      youngest = new Generation(view.count() + 1, taken.size());
      replaceView(view.count(), view.heightMax(), view.moment());
      changed.signalAll();
      return taken;
    } catch (InterruptedException e) {
      throw new StoreException("the thread that indexes was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /// RocksDB has the generation that was taken.
  ///
  /// @param indexed which lists of uuids it has now
  /// @param moment released by this object
  void indexed(IdLists indexed, Moment moment) {
    Moment before;
    lock.lock();
    try {
      before = view.moment();
      onItsWay = null;
      lists = indexed;
      tables.removeIf(table -> table.last() <= indexed.last());
      replaceView(view.count(), view.heightMax(), moment);
    } finally {
      lock.unlock();
    }
    before.release();
  }

  /// The index cannot go on; whoever waits for it learns why.
  void fail(StoreException why) {
    lock.lock();
    try {
      failure = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more is added.
  ///
  /// @return whether it was open
  boolean close() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it was closed.
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Gives the last moment back; call it when nobody indexes any more.
  void releaseLast() {
    released = true;
    view.moment().release();
  }
}
