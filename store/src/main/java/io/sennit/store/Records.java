package io.sennit.store;

import io.sennit.dag.PackedRuns;
import io.sennit.dag.Positions;
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

/// Events out of the log, or, where it is damaged, out of what was healed. Keeps the records it
/// read last, because readers go in order.
final class Records {
  private record Loaded(EventBlock block, Map<Long, EventId> parentIds) {}

  /// Shorter records are not worth a message each.
  private static final int PACKED_EVENTS_MIN = 64;

  private final SegmentLog log;
  private final RecordCodec codec;
  private final Heals heals;
  private final Damage damage;
  private final long cacheSizeBytes;
  private final Map<Long, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);
  private long loadedSizeBytes;
  private volatile @Nullable Loaded latest;

  Records(SegmentLog log, RecordCodec codec, Heals heals, Damage damage, StoreOptions options) {
    this.log = log;
    this.codec = codec;
    this.heals = heals;
    this.damage = damage;
    this.cacheSizeBytes = options.cacheSizeBytes();
  }

  /// The event at this position of the view.
  ///
  /// @throws StoreException when what the log holds is not this event
  Event event(View view, long position) {
    var event = find(view, position);
    if (event == null) {
      var id = view.id(position);
      throw StoreException.damaged(
          "the event at position %d (%s) is damaged here; it comes back from a peer that has it"
              .formatted(position, id == null ? "uuid unknown" : id));
    }
    return event;
  }

  /// The event at this position of the view, or null when it is damaged; then it is marked, and
  /// with it the others of a record that is illegible.
  @Nullable Event find(View view, long position) {
    view.requirePosition(position);
    var record = latest;
    if (record == null || !record.block().contains(position)) {
      record = load(view.address(position));
    }
    var event = in(record, view, position);
    if (event != null) {
      latest = record;
      return event;
    }
    long healed = heals.address(position);
    event = healed == 0 ? null : in(load(~healed), view, position);
    if (event == null) {
      damage.mark(
          record == null || !record.block().contains(position)
              ? sharing(view, position)
              : List.of(position));
    }
    return event;
  }

  /// Positions of the event's parents, or null when neither the log nor what was healed has them
  /// now; then it is marked as damaged.
  @Nullable Positions parents(View view, long position) {
    var record = latest;
    if (record == null || !record.block().contains(position)) {
      record = damage.between(position, position) ? null : load(view.address(position));
    }
    if (record == null || !record.block().contains(position)) {
      long healed = heals.address(position);
      record = healed == 0 ? null : load(~healed);
    }
    if (record == null || !record.block().contains(position)) {
      damage.mark(sharing(view, position));
      return null;
    }
    return record.block().parents(position);
  }

  /// The record that begins at this position as it stands in the log, or null when none does, or a
  /// short one, or something in it is or was damaged, or it is nothing to send whole.
  @Nullable PackedRuns packed(View view, long position) {
    view.requirePosition(position);
    if (position == 1 || position + PACKED_EVENTS_MIN - 1 > view.count()) {
      return null;
    }
    long address = view.address(position);
    if (view.address(position + PACKED_EVENTS_MIN - 1) != address
        || view.address(position - 1) == address) {
      return null;
    }
    var record = LogScan.read(log, codec, address);
    if (record == null
        || !record.compressed()
        || record.lastPosition() > view.count()
        || damage.between(position, record.lastPosition())
        || heals.between(position, record.lastPosition())) {
      return null;
    }
    return EventBlock.packed(record, view::id);
  }

  private static @Nullable Event in(@Nullable Loaded record, View view, long position) {
    var id = view.id(position);
    if (record == null || id == null || !record.block().contains(position)) {
      return null;
    }
    var event = rebuild(record.block(), position, record.parentIds(), view::id);
    return event != null && event.id().equals(id) ? event : null;
  }

  /// The positions of the same record that are not healed.
  private List<Long> sharing(View view, long position) {
    long address = view.address(position);
    long from = position;
    while (from > 1 && view.address(from - 1) == address) {
      from--;
    }
    var positions = new ArrayList<Long>();
    for (long at = from; at <= view.count() && view.address(at) == address; at++) {
      if (at == position || heals.address(at) == 0) {
        positions.add(at);
      }
    }
    return positions;
  }

  /// @param address in the log, or the complement of one among what was healed
  private @Nullable Loaded load(long address) {
    synchronized (loaded) {
      var cached = loaded.get(address);
      if (cached != null) {
        return cached;
      }
    }
    var record = address < 0 ? heals.read(~address) : LogScan.read(log, codec, address);
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
