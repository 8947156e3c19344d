package io.sennit.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sennit.event.EventId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record of the log, as it is read.
final class LogRecord {
  private final long address;
  private final int sizeBytes;
  private final Header header;
  private final Map<Long, EventId> parentIds;
  private final List<byte[]> notes;
  private final byte[] payload;

  /// What stands in front.
  ///
  /// @param firstPosition position of its first event
  /// @param count number of its events
  /// @param durablePosition the highest position that was durable when it was written
  /// @param more whether the write it belongs to goes on in the next record
  /// @param blockSizeBytes size of the payload once decompressed, or -1 when it is not compressed
  record Header(
      long firstPosition, int count, long durablePosition, boolean more, int blockSizeBytes) {}

  /// Takes over the payload.
  ///
  /// @param address where it stands
  /// @param sizeBytes its length on the disk
  /// @param parentIds uuids of parents outside the record, by position, as far as it carries them
  /// @param notes opaque bytes that came with its batches
  /// @param payload its events, encoded by [EventBlock], perhaps compressed
  LogRecord(
      long address,
      int sizeBytes,
      Header header,
      Map<Long, EventId> parentIds,
      List<byte[]> notes,
      byte[] payload) {
    this.address = address;
    this.sizeBytes = sizeBytes;
    this.header = header;
    this.parentIds = Map.copyOf(parentIds);
    this.notes = List.copyOf(notes);
    this.payload = payload;
  }

  long address() {
    return address;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  long firstPosition() {
    return header.firstPosition;
  }

  int count() {
    return header.count;
  }

  long durablePosition() {
    return header.durablePosition;
  }

  boolean more() {
    return header.more;
  }

  Map<Long, EventId> parentIds() {
    return parentIds;
  }

  List<byte[]> notes() {
    return notes;
  }

  long lastPosition() {
    return header.firstPosition + header.count - 1;
  }

  long nextAddress() {
    return address + sizeBytes;
  }

  boolean compressed() {
    return header.blockSizeBytes >= 0;
  }

  /// The payload as it stands on the disk. Shared: do not write to it.
  byte[] payload() {
    return payload;
  }

  /// The payload as [EventBlock] wrote it.
  byte[] block() {
    if (header.blockSizeBytes < 0) {
      return payload;
    }
    var block = new byte[header.blockSizeBytes];
    try {
      if (Zstd.decompress(block, payload) == block.length) {
        return block;
      }
    } catch (ZstdException e) {
      throw senseless(e.getMessage());
    }
    throw senseless("it is shorter than it says");
  }

  private StoreException senseless(@Nullable String why) {
    return new StoreException(
        "the record at %s is whole but does not decompress: %s"
            .formatted(LogAddress.toString(address), why));
  }
}
