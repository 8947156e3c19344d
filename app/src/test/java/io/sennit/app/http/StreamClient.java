package io.sennit.app.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a stream of server-sent events from a socket of its own, as a browser would.
final class StreamClient implements AutoCloseable {
  private static final int READ_MILLIS_MAX = 30_000;

  /// What one block of lines said.
  ///
  /// @param id the last one said so far
  /// @param name `message` when none was said; `comment` for a block of comments
  record Block(String name, String id, String data) {
    long position() {
      return Long.parseLong(id.replaceFirst(":.*", ""));
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;
  private final String head;
  private String lastId = "";
  private int chunkLeft;

  /// @param lastEventId empty to say none
  /// @param receiveSizeBytes of the socket's buffer, or 0
  StreamClient(int port, String query, String lastEventId, int receiveSizeBytes)
      throws IOException {
    if (receiveSizeBytes > 0) {
      socket.setReceiveBufferSize(receiveSizeBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(READ_MILLIS_MAX);
    var header = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
    var request = "GET /v1/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    in = new BufferedInputStream(socket.getInputStream(), 512);
    head = head();
  }

  private String head() throws IOException {
    var text = new StringBuilder();
    for (var line = rawLine(); !line.isEmpty(); line = rawLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private String rawLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection broke");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  String header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /// The id that a client would resume with.
  String lastId() {
    return lastId;
  }

  /// The next block, or nothing when the stream has ended as it should.
  ///
  /// @throws IOException when the connection broke
  Optional<Block> next() throws IOException {
    var fields = new LinkedHashMap<String, String>();
    while (true) {
      var line = line();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      if (line.get().isEmpty()) {
        if (!fields.isEmpty()) {
          return Optional.of(block(fields));
        }
        continue;
      }
      int colon = line.get().indexOf(':');
      fields.put(
          colon == 0 ? "comment" : line.get().substring(0, colon),
          line.get().substring(colon + 1).stripLeading());
    }
  }

  private Block block(Map<String, String> fields) {
    lastId = fields.getOrDefault("id", lastId);
    var name = fields.containsKey("comment") ? "comment" : fields.getOrDefault("event", "message");
    return new Block(name, lastId, fields.getOrDefault("data", ""));
  }

  private Optional<String> line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int next = body();
      if (next < 0) {
        if (line.size() > 0) {
          throw new EOFException("the stream ended within a line");
        }
        return Optional.empty();
      }
      if (next == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      line.write(next);
    }
  }

  /// The next byte of the chunked body, or -1 after its last chunk.
  private int body() throws IOException {
    if (chunkLeft == 0) {
      chunkLeft = Integer.parseInt(rawLine(), 16);
      if (chunkLeft == 0) {
        rawLine();
        return -1;
      }
    }
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the connection broke");
    }
    if (--chunkLeft == 0) {
      rawLine();
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
