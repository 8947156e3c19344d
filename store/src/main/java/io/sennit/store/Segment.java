package io.sennit.store;

import io.sennit.event.EventId;
import io.sennit.store.ByteSource.Malformed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the log, as readers see it.
///
/// A plain random access file, because a channel is closed for everybody when one reading thread is
/// interrupted.
final class Segment implements AutoCloseable {
  /// The first record begins here. `docs/store.md` has the bytes before it.
  static final int HEADER_SIZE_BYTES = 128;

  private static final byte[] MAGIC = {(byte) 0xff, 'S', 'E', 'N', 'N', 'L', 'O', 'G'};
  private static final int FORMAT = 1;

  /// What a segment's header says.
  ///
  /// @param logHigh with `logLow`, the log's name: 16 bytes drawn at random when it was made
  record Header(int number, long logHigh, long logLow, EventId root) {
    byte[] toBytes() {
      var sink = new ByteSink(HEADER_SIZE_BYTES);
      sink.bytes(MAGIC).u32(FORMAT).u32(number).u64(logHigh).u64(logLow).bytes(root.toBytes());
      var crc = new CRC32C();
      crc.update(sink.shared(), 0, sink.size());
      sink.u32((int) crc.getValue());
      return java.util.Arrays.copyOf(sink.toBytes(), HEADER_SIZE_BYTES);
    }

    /// The header, or null when the bytes are none.
    static @Nullable Header read(byte[] bytes) {
      try {
        var source = new ByteSource(bytes);
        if (!java.util.Arrays.equals(source.bytes(MAGIC.length), MAGIC)) {
          return null;
        }
        int format = source.u32();
        var header =
            new Header(
                source.u32(),
                source.u64(),
                source.u64(),
                EventId.of(source.bytes(EventId.SIZE_BYTES), 0));
        var crc = new CRC32C();
        crc.update(bytes, 0, source.at());
        if (source.u32() != (int) crc.getValue()) {
          return null;
        }
        if (format != FORMAT) {
          throw new StoreException(
              "the log has format %d, this build reads format %d: use a newer build"
                  .formatted(format, FORMAT));
        }
        return header;
      } catch (Malformed _) {
        return null;
      }
    }
  }

  private final Path path;
  private @Nullable RandomAccessFile file;
  private boolean closed;

  Segment(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /// Up to `length` bytes; fewer where the file ends.
  synchronized byte[] read(long at, int length) {
    try {
      var open = open();
      int available = Math.clamp(open.length() - at, 0, length);
      var bytes = new byte[available];
      open.seek(at);
      open.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new StoreException("cannot read " + path, e);
    }
  }

  synchronized long sizeBytes() {
    try {
      return open().length();
    } catch (IOException e) {
      throw new StoreException("cannot read " + path, e);
    }
  }

  private RandomAccessFile open() throws IOException {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    if (file == null) {
      file = new RandomAccessFile(path.toFile(), "r");
    }
    return file;
  }

  /// Closes the file; it opens again when somebody reads.
  synchronized void rest() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    rest();
  }
}
