package io.sennit.store;

import io.sennit.dag.Node;
import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Finds the end of the log when the store opens, and brings what is visible up to it.
///
/// A position counts as durable when a whole record, or the index, says it was; a record names the
/// position that was durable before the write it belongs to. What is illegible at or below the
/// highest such position is damage and keeps its place. Above it there is at most one write: it
/// stays if all of it is whole, and is wiped if not.
final class Recovery {
  private final SegmentLog log;
  private final RecordCodec codec;
  private final Checkpoint checkpoint;
  private final Heals heals;
  private long recordsRead;
  private long bytesRead;
  private long durable;
  private long end;

  /// The last write found: where it begins, and whether all of it up to here is whole.
  private long writeFrom;

  private long writeDurable = -1;
  private long writeNext;
  private boolean writeWhole;
  private boolean writeMore;

  Recovery(SegmentLog log, RecordCodec codec, Checkpoint checkpoint, Heals heals) {
    this.log = log;
    this.codec = codec;
    this.checkpoint = checkpoint;
    this.heals = heals;
  }

  long recordsRead() {
    return recordsRead;
  }

  long bytesRead() {
    return bytesRead;
  }

  /// The last position of the log.
  long end() {
    return end;
  }

  /// Finds the end, wipes what stands behind it, and makes the rest durable.
  void settle() {
    long published = Math.max(checkpoint.position(), heals.last());
    durable = published;
    long legible = 0;
    long legibleTo = 0;
    long legibleToBefore = 0;
    long legibleBefore = 0;
    var scan = new LogScan(log, codec, checkpoint.address());
    for (var record = scan.next(); record != null; record = scan.next()) {
      durable = Math.max(durable, record.durablePosition());
      if (record.durablePosition() < published) {
        durable = Math.max(durable, record.lastPosition()); // its write was published whole
      }
      if (record.durablePosition() != writeDurable) {
        legibleBefore = legible;
        legibleToBefore = legibleTo;
        writeDurable = record.durablePosition();
        writeFrom = record.address();
        writeNext = writeDurable + 1;
        writeWhole = true;
      }
      writeWhole &= record.firstPosition() == writeNext;
      writeNext = record.lastPosition() + 1;
      writeMore = record.more();
      legible = record.lastPosition();
      legibleTo = record.nextAddress();
    }
    recordsRead = scan.recordsRead();
    bytesRead = scan.bytesRead();
    boolean newest = writeDurable == durable && legible > durable;
    if (newest && writeWhole && !writeMore) {
      end = legible;
      log.continueAt(legibleTo, writeFrom, false);
    } else if (newest) {
      end = durable;
      boolean afterDamage = legibleBefore < durable;
      long wipeFrom = afterDamage || legibleToBefore == 0 ? writeFrom : legibleToBefore;
      log.continueAt(wipeFrom, wipeFrom, afterDamage);
    } else {
      end = durable;
      boolean afterDamage = legible < durable;
      long from = afterDamage ? lastByte() : legibleTo == 0 ? firstByte() : legibleTo;
      log.continueAt(from, from, afterDamage);
    }
  }

  private long firstByte() {
    var segments = log.segmentNumbers();
    return segments.isEmpty() ? 0 : LogAddress.of(segments.getFirst(), Segment.HEADER_SIZE_BYTES);
  }

  private long lastByte() {
    int last = log.segmentNumbers().getLast();
    return LogAddress.of(last, log.segmentSizeBytes(last));
  }

  /// Makes everything after the checkpoint visible.
  void replay(Visible visible) {
    var scan = new LogScan(log, codec, checkpoint.address());
    while (visible.count() < end) {
      visible.requireIndexing();
      long at = scan.at();
      var record = scan.next();
      if (record == null || record.firstPosition() > end) {
        addLost(visible, end, at);
        return;
      }
      if (record.lastPosition() > visible.count()) {
        addLost(visible, record.firstPosition() - 1, at);
        add(visible, record);
      }
    }
  }

  /// No whole record holds these; some may have been healed.
  private void addLost(Visible visible, long to, long address) {
    for (long position = visible.count() + 1; position <= to; position++) {
      var view = visible.acquire();
      try {
        visible.add(List.of(healed(position, address, view::id)));
      } finally {
        view.moment().release();
      }
    }
  }

  /// An event that the log has not; its place is known if it was healed.
  private TailEntry healed(long position, long address, LongFunction<@Nullable EventId> ids) {
    var record = heals.recordOf(position);
    if (record == null) {
      return new TailEntry(position, null, address, null);
    }
    var node = node(EventBlock.decode(record), position, record.parentIds(), ids);
    return new TailEntry(position, node, address, ReceiptNote.decode(record).get(position));
  }

  private void add(Visible visible, LogRecord record) {
    var view = visible.acquire();
    try {
      visible.add(entries(record, view.count() + 1, view));
    } finally {
      view.moment().release();
    }
  }

  /// The record's events from this position on, as the index wants them.
  private List<TailEntry> entries(LogRecord record, long from, View view) {
    var block = EventBlock.decode(record);
    var known = new EventId[block.count()];
    LongFunction<@Nullable EventId> ids =
        position ->
            block.contains(position)
                ? known[(int) (position - block.firstPosition())]
                : position <= view.count() ? view.id(position) : null;
    var entries = new ArrayList<TailEntry>();
    var receipts = ReceiptNote.decode(record);
    for (long position = record.firstPosition(); position <= record.lastPosition(); position++) {
      var node = node(block, position, record.parentIds(), ids);
      if (node == null) {
        node = healed(position, record.address(), ids).node();
      }
      if (node != null) {
        known[(int) (position - record.firstPosition())] = node.id();
      }
      if (position >= from) {
        entries.add(new TailEntry(position, node, record.address(), receipts.get(position)));
      }
    }
    return entries;
  }

  /// Its place, or null when a parent's uuid is not known, or the bytes are no event.
  private static @Nullable Node node(
      EventBlock block,
      long position,
      Map<Long, EventId> parentIds,
      LongFunction<@Nullable EventId> ids) {
    var event = Records.rebuild(block, position, parentIds, ids);
    return event == null
        ? null
        : new Node(
            position,
            event.id(),
            block.height(position),
            event.machine(),
            event.sealed(),
            event.body().length,
            block.parents(position));
  }
}
