package io.sennit.app.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A request as it went over the wire, and what was answered.
///
/// @param target path and query
/// @param headers of the request, by their names in lower case; so are those of the answer
record Exchange(
    String method,
    String target,
    Map<String, String> headers,
    String body,
    int status,
    Map<String, String> answerHeaders,
    String answer) {
  private static final int READ_MILLIS_MAX = 30_000;

  /// Says a request on a connection of its own and hears the whole answer. `Host` and
  /// `Content-Length` are added unless the headers say them.
  static Exchange of(
      int port, String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    var all = new TreeMap<>(headers);
    all.putIfAbsent("host", "127.0.0.1:" + port);
    if (body.length > 0 && !all.containsKey("transfer-encoding")) {
      all.putIfAbsent("content-length", String.valueOf(body.length));
    }
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    var heard = hear(port, bytes.toByteArray());
    return new Exchange(
        method,
        target,
        all,
        new String(body, StandardCharsets.UTF_8),
        heard.status,
        heard.answerHeaders,
        heard.answer);
  }

  /// Says these bytes and hears the whole answer.
  static Exchange hear(int port, byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(READ_MILLIS_MAX);
      try {
        socket.getOutputStream().write(request);
      } catch (IOException refusedOnTheWay) {
        // The answer says why.
      }
      var in = new BufferedInputStream(socket.getInputStream());
      int status = Integer.parseInt(line(in).substring(9, 12));
      var headers = new TreeMap<String, String>();
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return new Exchange("", "", Map.of(), "", status, headers, body(in, headers));
    }
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    var body = new ByteArrayOutputStream();
    if (headers.containsKey("transfer-encoding")) {
      for (int size = size(in); size > 0; size = size(in)) {
        body.writeBytes(in.readNBytes(size));
        line(in);
      }
    } else {
      body.writeBytes(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed without a whole answer: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  String contentType() {
    return answerHeaders.getOrDefault("content-type", "");
  }

  @Override
  public String toString() {
    return method
        + " "
        + target
        + " "
        + headers
        + " → "
        + status
        + " "
        + answerHeaders
        + " "
        + answer;
  }
}
