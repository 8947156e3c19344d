package io.sennit.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one record of the log again, past every cache, and compares the hash of each of its events
/// with the uuid that the index has.
///
/// What does not match, and was not healed before, is marked as if a reader had met it.
final class Scrub {
  private final View view;
  private final SegmentLog log;
  private final RecordCodec codec;
  private final Heals heals;
  private final Damage damage;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Long> found = new ArrayList<>();

  /// The record that was read last.
  private long readAddress;

  private @Nullable LogRecord read;
  private @Nullable EventBlock block;

  Scrub(View view, SegmentLog log, RecordCodec codec, Heals heals, Damage damage) {
    this.view = view;
    this.log = log;
    this.codec = codec;
    this.heals = heals;
    this.damage = damage;
  }

  /// Looks at this position and those after it that share its record.
  SegmentStore.Scrubbed from(long position) {
    long address = view.address(position);
    long at = position;
    for (; at <= view.count() && view.address(at) == address; at++) {
      if (!isOnDisk(at)) {
        found(at, address);
      }
    }
    if (!found.isEmpty()) {
      damage.mark(found);
    }
    return new SegmentStore.Scrubbed(at - 1, findings);
  }

  /// Whether the log, or what was healed, has the event of this position now.
  boolean isOnDisk(long position) {
    long address = view.address(position);
    if (address != readAddress) {
      readAddress = address;
      read = LogScan.read(log, codec, address);
      block = read == null ? null : EventBlock.decode(read);
    }
    if (isWhole(read, block, position)) {
      return true;
    }
    var healed = heals.recordOf(position);
    return isWhole(healed, healed == null ? null : EventBlock.decode(healed), position);
  }

  private boolean isWhole(@Nullable LogRecord record, @Nullable EventBlock events, long position) {
    if (record == null || events == null || !events.contains(position)) {
      return false;
    }
    var event = Records.rebuild(events, position, record.parentIds(), view::id);
    return event != null && event.id().equals(view.id(position));
  }

  private void found(long position, long address) {
    var id = view.id(position);
    if (id != null) {
      found.add(position);
    }
    findings.add(
        new Finding(
            "log/" + LogAddress.file(address),
            LogAddress.offset(address),
            position,
            id,
            "the event is damaged"));
  }
}
