package io.sennit.store;

import io.sennit.dag.Batches;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.EventId;
import io.sennit.event.Stripped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Makes batches durable, and remembers where they stand until they are published.
///
/// One thread writes; the thread that publishes takes over what was written.
final class Writer implements AutoCloseable {
  /// Parents' uuids that a record carries for those that stand outside it.
  private static final int PARENT_IDS_MAX = 16;

  /// Where positions that are durable but not visible stand.
  private record Extent(long last, long address) {}

  private final SegmentLog log;
  private final RecordCodec codec;
  private final Visible visible;
  private final StoreOptions options;
  private final Compressor compressor = new Compressor();
  private final Map<EventId, Long> unpublished = new ConcurrentHashMap<>(1024);
  private final ConcurrentLinkedQueue<Extent> extents = new ConcurrentLinkedQueue<>();
  private volatile long durable;
  private long heightMax;
  private volatile @Nullable StoreException failure;

  Writer(SegmentLog log, RecordCodec codec, Visible visible, StoreOptions options) {
    this.log = log;
    this.codec = codec;
    this.visible = visible;
    this.options = options;
    var view = visible.acquire();
    try {
      durable = view.count();
      heightMax = view.heightMax();
    } finally {
      view.moment().release();
    }
  }

  long durable() {
    return durable;
  }

  /// Waits for whoever writes.
  @Override
  public synchronized void close() {
    stop(new StoreException("the store is closed"));
    compressor.close();
  }

  /// Every write from now on fails with this.
  void stop(StoreException why) {
    if (failure == null) {
      failure = why;
    }
  }

  synchronized void write(List<List<Placed>> batches) {
    if (failure != null) {
      throw new StoreException(
          "the store has stopped writing and must be opened again: " + failure.getMessage(),
          failure);
    }
    var view = visible.acquire();
    try {
      var fresh = fresh(batches, view);
      if (!fresh.isEmpty()) {
        persist(fresh, view);
      }
    } finally {
      view.moment().release();
    }
  }

  /// Those that are not here yet, in order.
  private List<Placed> fresh(List<List<Placed>> batches, View view) {
    var fresh = new ArrayList<Placed>();
    var positions = new HashMap<EventId, Long>();
    int remembered = 0;
    long heightMaxFresh = heightMax;
    for (var batch : batches) {
      for (var placed : batch) {
        var id = placed.node().id();
        long known = 0;
        // what is higher than all others cannot be here
        if (placed.node().height() <= heightMaxFresh) {
          for (; remembered < fresh.size(); remembered++) {
            var before = fresh.get(remembered);
            positions.put(before.node().id(), before.position());
          }
          known = positions.getOrDefault(id, 0L);
          if (known == 0) {
            known = unpublished.getOrDefault(id, 0L);
          }
          if (known == 0) {
            known = view.position(id);
          }
        }
        if (known != 0) {
          Batches.requireSamePlace(placed, known);
        } else {
          Batches.requireNext(placed, durable + fresh.size() + 1);
          heightMaxFresh = Math.max(heightMaxFresh, placed.node().height());
          fresh.add(placed);
        }
      }
    }
    return fresh;
  }

  private void persist(List<Placed> fresh, View view) {
    try {
      var records = records(fresh);
      var placements = new ArrayList<SegmentLog.Placement>();
      for (int i = 0; i < records.size(); i++) {
        var record = records.get(i);
        placements.add(
            codec.encode(
                record.getFirst().position(),
                record.size(),
                durable,
                i < records.size() - 1,
                parentIds(record, fresh, view),
                notes(record),
                EventBlock.encode(record),
                compressor));
      }
      var addresses = log.append(placements);
      for (var placed : fresh) {
        unpublished.put(placed.node().id(), placed.position());
        heightMax = Math.max(heightMax, placed.node().height());
      }
      for (int i = 0; i < addresses.length; i++) {
        extents.add(new Extent(records.get(i).getLast().position(), addresses[i]));
      }
      durable = fresh.getLast().position();
    } catch (IOException e) {
      var stopped =
          new StoreException(
              "the log cannot be written; what of the last batch is on the disk shows when the store"
                  + " is opened again",
              e);
      stop(stopped);
      throw stopped;
    } catch (RuntimeException e) {
      stop(new StoreException("writing broke off: " + e.getMessage(), e));
      throw e;
    }
  }

  /// Cuts the events into records, at ends of runs.
  private List<List<Placed>> records(List<Placed> fresh) {
    var records = new ArrayList<List<Placed>>();
    int from = 0;
    long sizeBytes = 0;
    for (int i = 0; i < fresh.size(); i++) {
      var node = fresh.get(i).node();
      sizeBytes += node.sizeBytes() - Stripped.textLength(node.parents().size());
      if (i == fresh.size() - 1 || (sizeBytes >= options.recordSizeBytes() && node.sealed())) {
        records.add(fresh.subList(from, i + 1));
        from = i + 1;
        sizeBytes = 0;
      }
    }
    return records;
  }

  /// So that a damaged record takes no later one with it, even when the index is gone. An event
  /// with more parents outside than a record carries is left out: some of them would hardly help,
  /// and cost more than all else that it says.
  static Map<Long, EventId> parentIds(List<Placed> record, List<Placed> fresh, View view) {
    long first = record.getFirst().position();
    long freshFirst = fresh.getFirst().position();
    var ids = new HashMap<Long, EventId>();
    for (var placed : record) {
      var parents = placed.node().parents();
      int outside = outside(parents, first);
      for (int i = outside - 1; i >= 0 && outside <= PARENT_IDS_MAX; i--) {
        long parent = parents.get(i);
        if (ids.size() < PARENT_IDS_MAX && !ids.containsKey(parent)) {
          var id =
              parent >= freshFirst
                  ? fresh.get((int) (parent - freshFirst)).node().id()
                  : parent <= view.count() ? view.id(parent) : null;
          if (id != null) {
            ids.put(parent, id);
          }
        }
      }
    }
    return ids;
  }

  /// How many stand before the position.
  private static int outside(Positions parents, long position) {
    int outside = parents.size();
    while (outside > 0 && parents.get(outside - 1) >= position) {
      outside--;
    }
    return outside;
  }

  static List<byte[]> notes(List<Placed> record) {
    var notes = new ArrayList<byte[]>();
    for (var placed : record) {
      if (placed.receipt() != null) {
        notes.add(ReceiptNote.encode(record.getFirst().position(), placed.receipt()));
      }
    }
    return notes;
  }

  /// Gives each event its record's address; in the order of positions.
  List<TailEntry> takeOver(List<Placed> batch) {
    var entries = new ArrayList<TailEntry>(batch.size());
    long visibleTo = visible.count();
    for (var placed : batch) {
      if (placed.position() <= visibleTo) {
        continue;
      }
      if (placed.position() != visibleTo + entries.size() + 1 || placed.position() > durable) {
        throw new IllegalArgumentException(
            "position %d is published, but the next one is %d, and written is up to %d"
                .formatted(placed.position(), visibleTo + entries.size() + 1, durable));
      }
      var extent = extents.element();
      while (extent.last() < placed.position()) {
        extents.remove();
        extent = extents.element();
      }
      entries.add(
          new TailEntry(placed.position(), placed.node(), extent.address(), placed.receipt()));
    }
    return entries;
  }

  /// These are visible now.
  void forget(List<TailEntry> published) {
    for (var entry : published) {
      if (entry.node() != null) {
        unpublished.remove(entry.node().id());
      }
    }
  }
}
