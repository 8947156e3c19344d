package io.sennit.app.http;

import io.sennit.app.door.Desk;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// A machine in a folder with its HTTP API, and somebody who asks it.
final class Service implements AutoCloseable {
  private static final int READ_MILLIS_MAX = 10_000;
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  /// Kept, so that its level is: loggers that nobody holds are forgotten.
  private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

  private final Sennit sennit;
  private final ApiServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Service(Path folder) {
    this(folder, ApiServer.Limits.USUAL);
  }

  Service(Path folder, ApiServer.Limits limits) {
    this(initialized(folder), limits);
  }

  private static Sennit initialized(Path folder) {
    Sennit.init(folder, "test");
    return Sennit.open(folder);
  }

  /// Of a machine that is there already.
  static Service reopened(Path folder) {
    return new Service(Sennit.open(folder), ApiServer.Limits.USUAL);
  }

  private Service(Sennit sennit, ApiServer.Limits limits) {
    SERVER_LOG.setLevel(Level.WARNING);
    this.sennit = sennit;
    server = new ApiServer(new Desk(sennit), "127.0.0.1", 0, limits);
  }

  Sennit sennit() {
    return sennit;
  }

  /// How many streams are open.
  int readers() {
    return server.readers();
  }

  /// Ends every stream, as the server does when it stops.
  void stopStreams() {
    server.stopStreams();
  }

  int port() {
    return server.uri().getPort();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, String type, String body) throws Exception {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return send(request);
  }

  HttpResponse<String> post(String path, String type, String body, String key) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> call(String method, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody()));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  URI uri(String path) {
    return server.uri().resolve(path);
  }

  /// Says these bytes on a connection of its own; answers the first response.
  String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(READ_MILLIS_MAX);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var in = socket.getInputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return head.toString();
        }
        head.append((char) next);
      }
      var length = CONTENT_LENGTH.matcher(head);
      var body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
      return head + new String(body, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    sennit.close();
  }
}
