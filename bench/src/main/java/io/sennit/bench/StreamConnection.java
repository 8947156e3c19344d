package io.sennit.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/// One reader of the stream across its connections: takes the chunked body apart, looks at the ids,
/// and fails when one is left out or comes twice.
final class StreamConnection {
  private static final int ID_LENGTH_MAX = 128;
  private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final Selector selector;
  private final LongConsumer seen;
  private final byte[] id = new byte[ID_LENGTH_MAX];
  private SocketChannel channel;
  private String lastId;
  private long position;
  private boolean inHead;
  private int newLines;
  private long chunkLeft;
  private long chunkSize;
  private boolean inSize;
  private int lineLength;

  /// @param lastId the cursor it begins behind
  /// @param seen is told each position
  StreamConnection(int port, Selector selector, String lastId, LongConsumer seen)
      throws IOException {
    this.port = port;
    this.selector = selector;
    this.lastId = lastId;
    this.position = Long.parseLong(lastId.substring(0, lastId.indexOf(':')));
    this.seen = seen;
    this.channel = open();
  }

  private SocketChannel open() throws IOException {
    var opened = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var request =
        "GET /v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: " + lastId + "\r\n\r\n";
    opened.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, this);
    inHead = true;
    inSize = true;
    newLines = 0;
    chunkLeft = 0;
    chunkSize = 0;
    lineLength = 0;
    return opened;
  }

  /// Cuts the connection wherever it is, and resumes with the id that was read last.
  void cut() throws IOException {
    channel.close();
    channel = open();
  }

  long position() {
    return position;
  }

  /// Takes what has arrived.
  void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new IOException("the daemon ended a stream at position " + position);
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (inHead) {
        head(next);
      } else if (inSize) {
        size(next);
      } else {
        body(next);
        inSize = --chunkLeft == 0;
      }
    }
  }

  private void head(byte next) {
    newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
    inHead = newLines < 2;
  }

  /// The line feed that ends a chunk stands before the next size, and is passed over with it.
  private void size(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      chunkSize = chunkSize * 16 + digit;
    } else if (next == '\n' && chunkSize > 0) {
      chunkLeft = chunkSize;
      chunkSize = 0;
      inSize = false;
    }
  }

  private void body(byte next) throws IOException {
    if (next != '\n') {
      if (lineLength < ID_LENGTH_MAX) {
        id[lineLength] = next;
      }
      lineLength++;
      return;
    }
    if (lineLength > ID.length
        && lineLength <= ID_LENGTH_MAX
        && id[0] == 'i'
        && id[1] == 'd'
        && id[2] == ':') {
      took(new String(id, ID.length, lineLength - ID.length, StandardCharsets.US_ASCII));
    }
    lineLength = 0;
  }

  private void took(String cursor) throws IOException {
    if (cursor.equals(lastId)) {
      return; // the id without data, with which a stream begins
    }
    long next = Long.parseLong(cursor.substring(0, cursor.indexOf(':')));
    if (next != position + 1) {
      throw new IOException("a reader got position " + next + " after " + position);
    }
    position = next;
    lastId = cursor;
    seen.accept(next);
  }
}
