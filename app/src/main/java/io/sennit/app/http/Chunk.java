package io.sennit.app.http;

import io.sennit.node.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Events that stand one after the other, as the stream says them: encoded once for all readers.
final class Chunk {
  /// A chunk is ended when it has more bytes than this.
  static final int SIZE_BYTES_ENOUGH = 64 * 1024;

  private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final long first;
  private final byte[] bytes;
  private final int[] begins;

  private Chunk(long first, byte[] bytes, int[] begins) {
    this.first = first;
    this.bytes = bytes;
    this.begins = begins;
  }

  /// Position of the first event.
  long first() {
    return first;
  }

  /// Position of the last event.
  long last() {
    return first + begins.length - 1;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Offset of the event that stands at this position.
  int begin(long position) {
    return begins[(int) (position - first)];
  }

  /// Collects entries, each one position after the one before.
  static final class Builder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int[] begins = new int[64];
    private int count;
    private long first;

    /// Adds an event; answers whether that is enough.
    boolean add(Entry entry) {
      if (count == 0) {
        first = entry.position();
      }
      if (count == begins.length) {
        begins = Arrays.copyOf(begins, 2 * count);
      }
      begins[count++] = bytes.size();
      bytes.writeBytes(ID);
      bytes.writeBytes(Cursor.of(entry).toString().getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(DATA);
      bytes.writeBytes(entry.event().toJson());
      bytes.writeBytes(END);
      return bytes.size() > SIZE_BYTES_ENOUGH;
    }

    boolean isEmpty() {
      return count == 0;
    }

    /// The chunk; the builder is empty again.
    Chunk build() {
      var chunk = new Chunk(first, bytes.toByteArray(), Arrays.copyOf(begins, count));
      bytes.reset();
      count = 0;
      return chunk;
    }
  }
}
