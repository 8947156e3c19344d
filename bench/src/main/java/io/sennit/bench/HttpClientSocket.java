package io.sennit.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that costs little: one connection that is kept, one request after the other, and of the
/// answer only its status and length are looked at.
final class HttpClientSocket implements AutoCloseable {
  private static final int BUFFER_SIZE_BYTES = 64 * 1024;
  private static final String LENGTH = "content-length: ";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private final byte[] line = new byte[8 * 1024];

  /// @param type `Content-Type` of every request
  HttpClientSocket(int port, String type) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE_BYTES);
    out = socket.getOutputStream();
    head =
        "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: "
            .formatted(type);
  }

  /// Posts a body and waits for the answer.
  ///
  /// @return the answer's body
  /// @throws IOException unless it is `201`
  byte[] post(String body) throws IOException {
    out.write((head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
    var status = line();
    int length = 0;
    for (var header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(header.substring(LENGTH.length()));
      }
    }
    var answer = in.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 201")) {
      throw new IOException(status);
    }
    return answer;
  }

  private String line() throws IOException {
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the daemon hung up");
      }
      line[length++] = (byte) next;
    }
    return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
