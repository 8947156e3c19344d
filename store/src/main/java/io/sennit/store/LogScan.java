package io.sennit.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over the records of the log in their order and passes over what is illegible.
final class LogScan {
  private static final int CHUNK_SIZE_BYTES = 1 << 20;

  private final SegmentLog log;
  private final RecordCodec codec;
  private final List<Integer> segments;
  private long at;
  private long recordsRead;
  private long bytesRead;

  /// Begins at the record that stands at this address, or at the beginning when it is 0.
  LogScan(SegmentLog log, RecordCodec codec, long address) {
    this.log = log;
    this.codec = codec;
    this.segments = log.segmentNumbers();
    this.at =
        address != 0 || segments.isEmpty()
            ? address
            : LogAddress.of(segments.getFirst(), Segment.HEADER_SIZE_BYTES);
  }

  /// Where the next record is looked for.
  long at() {
    return at;
  }

  long recordsRead() {
    return recordsRead;
  }

  long bytesRead() {
    return bytesRead;
  }

  /// The record at this address, or null when there is none that is whole.
  static @Nullable LogRecord read(SegmentLog log, RecordCodec codec, long address) {
    int size = RecordCodec.claimedSizeBytes(log.read(address, RecordCodec.HEADER_SIZE_BYTES));
    if (size == 0) {
      return null;
    }
    var bytes = log.read(address, size);
    return bytes.length < size ? null : codec.decode(address, bytes);
  }

  /// The next whole record, or null at the end of the log.
  @Nullable LogRecord next() {
    while (true) {
      var record = read(log, codec, at);
      if (record != null) {
        at = record.nextAddress();
        recordsRead++;
        bytesRead += record.sizeBytes();
        return record;
      }
      long candidate = findMagic(at);
      if (candidate != 0) {
        at = candidate;
      } else if (!nextSegment()) {
        return null;
      }
    }
  }

  private boolean nextSegment() {
    int present = LogAddress.segment(at);
    for (int segment : segments) {
      if (segment > present) {
        at = LogAddress.of(segment, Segment.HEADER_SIZE_BYTES);
        return true;
      }
    }
    return false;
  }

  /// The next place in this segment, after `address`, that begins like a record; 0 when there is
  /// none.
  private long findMagic(long address) {
    long from = address + 1;
    while (true) {
      var chunk = log.read(from, CHUNK_SIZE_BYTES);
      for (int i = 0; i + RecordCodec.MAGIC.length <= chunk.length; i++) {
        if (chunk[i] == RecordCodec.MAGIC[0]
            && chunk[i + 1] == RecordCodec.MAGIC[1]
            && chunk[i + 2] == RecordCodec.MAGIC[2]
            && chunk[i + 3] == RecordCodec.MAGIC[3]) {
          return from + i;
        }
      }
      if (chunk.length < CHUNK_SIZE_BYTES) {
        return 0;
      }
      from += chunk.length - RecordCodec.MAGIC.length + 1;
    }
  }
}
