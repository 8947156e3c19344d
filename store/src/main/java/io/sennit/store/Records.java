package io.sennit.store;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.EventReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Events out of the log. Keeps the records it read last, because readers go in order.
final class Records {
  private record Loaded(EventBlock block, Map<Long, EventId> parentIds) {}

  private final SegmentLog log;
  private final RecordCodec codec;
  private final long cacheSizeBytes;
  private final Map<Long, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);
  private long loadedSizeBytes;
  private volatile @Nullable Loaded latest;

  Records(SegmentLog log, RecordCodec codec, StoreOptions options) {
    this.log = log;
    this.codec = codec;
    this.cacheSizeBytes = options.cacheSizeBytes();
  }

  /// The event at this position of the view.
  ///
  /// @throws StoreException when what the log holds is not this event
  Event event(View view, long position) {
    view.requirePosition(position);
    var record = latest;
    if (record == null || !record.block().contains(position)) {
      record = load(view.address(position));
    }
    var id = view.id(position);
    if (record != null && record.block().contains(position) && id != null) {
      latest = record;
      var event = rebuild(record.block(), position, record.parentIds(), view::id);
      if (event != null && event.id().equals(id)) {
        return event;
      }
    }
    throw new StoreException(
        "the event at position %d (%s) is damaged: it can be fetched again from a peer"
            .formatted(position, id == null ? "uuid unknown" : id));
  }

  private @Nullable Loaded load(long address) {
    synchronized (loaded) {
      var cached = loaded.get(address);
      if (cached != null) {
        return cached;
      }
    }
    var record = LogScan.read(log, codec, address);
    if (record == null) {
      return null;
    }
    var fresh = new Loaded(EventBlock.decode(record), record.parentIds());
    synchronized (loaded) {
      if (loaded.put(address, fresh) == null) {
        loadedSizeBytes += fresh.block().sizeBytes();
      }
      for (var eldest = loaded.values().iterator();
          loadedSizeBytes > cacheSizeBytes && loaded.size() > 1; ) {
        loadedSizeBytes -= eldest.next().block().sizeBytes();
        eldest.remove();
      }
    }
    return fresh;
  }

  /// The event as it was, or null when a parent's uuid is not known or the bytes are no event.
  ///
  /// @param ids uuids of events outside the record, null where unknown
  static @Nullable Event rebuild(
      EventBlock block,
      long position,
      Map<Long, EventId> parentIds,
      LongFunction<@Nullable EventId> ids) {
    var positions = block.parents(position);
    List<EventId> parents = new ArrayList<>(positions.size());
    for (int i = 0; i < positions.size(); i++) {
      var id = parentIds.get(positions.get(i));
      if (id == null) {
        id = ids.apply(positions.get(i));
      }
      if (id == null) {
        return null;
      }
      parents.add(id);
    }
    Collections.sort(parents);
    return EventReader.read(block.body(position, parents))
            instanceof EventReader.Reading.Read(var event)
        ? event
        : null;
  }
}
