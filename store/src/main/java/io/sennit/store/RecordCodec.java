package io.sennit.store;

import io.sennit.event.EventId;
import io.sennit.store.ByteSource.Malformed;
import io.sennit.store.Segment.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Records to bytes and back. `docs/store.md` has the table.
///
/// The checksum begins with the log's random number and the record's address: bytes that a peer
/// wrote into an event, and bytes that stand elsewhere than they should, never pass for a record.
final class RecordCodec {
  /// Fixed part of a record.
  static final int HEADER_SIZE_BYTES = 48;

  /// The first byte occurs in no UTF-8 text.
  static final byte[] MAGIC = {(byte) 0xff, 'S', 'N', 'R'};

  /// The last builds that know no windows of parents wrote 1; the rest is the same.
  private static final int VERSION = 2;

  private static final int VERSION_MIN = 1;
  private static final int TYPE_EVENTS = 1;
  private static final int COMPRESSED = 1;
  private static final int MORE = 2;
  private static final int EXTENSION_NOTE = 2;
  private static final int EXTENSION_PARENT_IDS = 4;
  private static final int LENGTH_AT = 8;
  private static final int SIZE_BYTES_MAX = 1 << 30;

  private final byte[] salt;

  RecordCodec(Header log) {
    salt = new ByteSink(16).u64(log.logHigh()).u64(log.logLow()).toBytes();
  }

  /// A record without an address.
  SegmentLog.Placement encode(
      long firstPosition,
      int count,
      long durablePosition,
      boolean more,
      Map<Long, EventId> parentIds,
      List<byte[]> notes,
      byte[] block,
      Compressor compressor) {
    var payload = compressor.smaller(block);
    boolean smaller = payload.length < block.length;
    var extensions = extensions(firstPosition, parentIds, notes);
    var sink = new ByteSink(HEADER_SIZE_BYTES + extensions.length + payload.length);
    sink.bytes(MAGIC).u32(0).u32(HEADER_SIZE_BYTES + extensions.length + payload.length);
    sink.u8(VERSION).u8(TYPE_EVENTS).u16((smaller ? COMPRESSED : 0) | (more ? MORE : 0));
    sink.u64(firstPosition).u64(durablePosition);
    sink.u32(count).u32(block.length).u32(extensions.length).u32(0);
    var bytes = sink.bytes(extensions).bytes(payload).toBytes();
    return new SegmentLog.Placement() {
      @Override
      public int sizeBytes() {
        return bytes.length;
      }

      @Override
      public byte[] bytesAt(long address) {
        var crc = new ByteSink(4).u32(checksum(address, bytes)).toBytes();
        System.arraycopy(crc, 0, bytes, MAGIC.length, crc.length);
        return bytes;
      }
    };
  }

  private static byte[] extensions(
      long firstPosition, Map<Long, EventId> parentIds, List<byte[]> notes) {
    if (parentIds.isEmpty() && notes.isEmpty()) {
      return new byte[0];
    }
    var sink = new ByteSink(64);
    for (var note : notes) {
      sink.varint(EXTENSION_NOTE).varint(note.length).bytes(note);
    }
    if (!parentIds.isEmpty()) {
      var list = new ByteSink(64).varint(parentIds.size());
      parentIds.forEach(
          (position, id) -> list.varint(firstPosition - position).bytes(id.toBytes()));
      sink.varint(EXTENSION_PARENT_IDS).varint(list.size()).bytes(list.toBytes());
    }
    return sink.toBytes();
  }

  private int checksum(long address, byte[] record) {
    var crc = new CRC32C();
    crc.update(salt);
    crc.update(new ByteSink(8).u64(address).toBytes());
    crc.update(record, LENGTH_AT, record.length - LENGTH_AT);
    return (int) crc.getValue();
  }

  /// The length the record claims, or 0 when no record begins with these bytes.
  static int claimedSizeBytes(byte[] header) {
    if (header.length < HEADER_SIZE_BYTES) {
      return 0;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (header[i] != MAGIC[i]) {
        return 0;
      }
    }
    try {
      int length = new ByteSource(header, LENGTH_AT, LENGTH_AT + 4).u32();
      return length < HEADER_SIZE_BYTES || length > SIZE_BYTES_MAX ? 0 : length;
    } catch (Malformed _) {
      return 0;
    }
  }

  /// The record, or null when these bytes at this address are none.
  ///
  /// @throws StoreException when it is intact but made by a newer build
  @Nullable LogRecord decode(long address, byte[] record) {
    if (claimedSizeBytes(record) != record.length) {
      return null;
    }
    try {
      var source = new ByteSource(record);
      source.skip(MAGIC.length);
      if (source.u32() != checksum(address, record)) {
        return null;
      }
      source.skip(4);
      int version = source.u8();
      int type = source.u8();
      if (version < VERSION_MIN || version > VERSION || type != TYPE_EVENTS) {
        throw newer(address, "version %d, type %d".formatted(version, type));
      }
      int flags = source.u16();
      long firstPosition = source.u64();
      long durablePosition = source.u64();
      int count = source.u32();
      int blockSizeBytes = source.u32();
      int extensionsSizeBytes = source.u32();
      source.skip(4);
      var extensions = source.bytes(extensionsSizeBytes);
      var parentIds = new HashMap<Long, EventId>();
      var notes = new ArrayList<byte[]>();
      readExtensions(address, firstPosition, extensions, parentIds, notes);
      var payload = source.bytes(record.length - source.at());
      if (count < 1 || blockSizeBytes < 0 || blockSizeBytes > SIZE_BYTES_MAX) {
        throw new Malformed("%d events in %d bytes".formatted(count, blockSizeBytes));
      }
      boolean compressed = (flags & COMPRESSED) != 0;
      var header =
          new LogRecord.Header(
              firstPosition,
              count,
              durablePosition,
              (flags & MORE) != 0,
              compressed ? blockSizeBytes : -1);
      return new LogRecord(address, record.length, header, parentIds, notes, payload);
    } catch (Malformed e) {
      throw new StoreException(
          "the record at %s is whole but makes no sense: %s"
              .formatted(LogAddress.toString(address), e.getMessage()));
    }
  }

  /// An extension with an odd number must be understood; others may be passed over.
  private static void readExtensions(
      long address,
      long firstPosition,
      byte[] bytes,
      Map<Long, EventId> parentIds,
      List<byte[]> notes)
      throws Malformed {
    var source = new ByteSource(bytes);
    while (source.hasMore()) {
      int extension = source.varint(0, Integer.MAX_VALUE);
      int length = source.varint(0, bytes.length);
      if (extension == EXTENSION_NOTE) {
        notes.add(source.bytes(length));
      } else if (extension == EXTENSION_PARENT_IDS) {
        for (int left = source.varint(0, length); left > 0; left--) {
          long position = firstPosition - source.varint();
          parentIds.put(position, EventId.of(source.bytes(EventId.SIZE_BYTES), 0));
        }
      } else if (extension % 2 == 0) {
        source.skip(length);
      } else {
        throw newer(address, "extension " + extension);
      }
    }
  }

  private static StoreException newer(long address, String what) {
    return new StoreException(
        "the record at %s was written by a newer build (%s): use that one"
            .formatted(LogAddress.toString(address), what));
  }
}
