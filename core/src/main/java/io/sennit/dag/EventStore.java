package io.sennit.dag;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.List;
import java.util.Optional;

/// The one port of the core: a set of events, closed under parents, that only grows.
///
/// It answers every question sync and readers have without anybody scanning it whole. All reads see
/// one moment: the state after the last [#append]. One thread appends; any thread reads.
/// `EventStoreContract` in the tests defines the behaviour of every implementation.
///
/// Adapters throw one unchecked exception of their own when the world refuses (a disk, a network);
/// the core never catches it.
public interface EventStore {
  /// Number of events; they stand at positions 1 to `count`.
  long count();

  /// The event's position, or 0 when it is not here.
  long position(EventId id);

  /// The event's place.
  ///
  /// @throws IndexOutOfBoundsException unless 1 ≤ position ≤ count
  Node node(long position);

  /// The event itself.
  ///
  /// @throws IndexOutOfBoundsException unless 1 ≤ position ≤ count
  Event event(long position);

  /// The event itself, or nothing when what is kept of it is damaged: a store that can lose bytes
  /// marks it then, and [#event] fails.
  ///
  /// @throws IndexOutOfBoundsException unless 1 ≤ position ≤ count
  default Optional<Event> intact(long position) {
    return Optional.of(event(position));
  }

  /// The runs from this position on as the store keeps them, when it keeps so many together that
  /// begin there that packing pays, all of them intact; else nothing, and each can be read.
  ///
  /// @throws IndexOutOfBoundsException unless 1 ≤ position ≤ count
  default Optional<PackedRuns> packed(long position) {
    return Optional.empty();
  }

  /// Events that no event names as parent, ascending. Never empty, except in an empty store.
  List<EventId> tips();

  /// Where the machine's chain ends: one event for an honest machine, up to [ChainEnds#KEPT_MAX]
  /// for one that forked it, none for one that has written nothing. [ChainEnds] says which.
  Positions authorTips(MachineId machine);

  /// Up to `limit` machines that have written something, ascending, all greater than `after`.
  List<MachineId> authors(MachineId after, int limit);

  /// Count and sum of the events whose keys are at least `from` and below `to`.
  Summary summary(Key from, Key to);

  /// The key of the event that has exactly `rank` events between `from` (included) and itself
  /// (excluded), or [Key#MAX] when there are not that many.
  Key select(Key from, long rank);

  /// Up to `limit` keys, ascending, at least `from` and below `to`.
  List<Key> keys(Key from, Key to, int limit);

  /// Up to `limit` ids, ascending, whose text begins with `prefix`: 0 to 64 lowercase hexadecimal
  /// digits.
  List<EventId> idsWithPrefix(String prefix, int limit);

  /// The receipt that came last with this key. The newest [Receipt#KEPT_MIN] are found; older ones
  /// may be forgotten.
  Optional<Receipt> receipt(String key);

  /// Adds events in the order of their positions, all or none; those already here are skipped, so
  /// that appending again changes nothing.
  ///
  /// @throws IllegalArgumentException when a position leaves a gap, or an event here has another
  ///   position, or a parent is not here
  void append(List<Placed> batch);
}
