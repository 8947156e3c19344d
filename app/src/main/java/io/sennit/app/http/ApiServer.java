package io.sennit.app.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.sennit.app.door.Door;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/// The daemon's HTTP server.
public final class ApiServer implements AutoCloseable {
  private final WebServer server;
  private final String host;

  /// Serves the door on a loopback address.
  ///
  /// @param port 0 picks a free one
  /// @throws IllegalArgumentException when the address is not loopback: until tokens exist, whoever
  ///   reaches the port may write
  public ApiServer(Door door, String host, int port) {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "--http " + host + " is not on this computer: use 127.0.0.1 until tokens exist");
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--http: no such host: " + host, e);
    }
    this.host = host;
    var api = new Api(door);
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .directHandlers(problems())
            .routing(routing -> routing.any(api::handle))
            .build()
            .start();
  }

  /// What the framework refuses by itself, in our words.
  private static DirectHandlers problems() {
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          var detail =
              message == null || message.isBlank() ? "send a request that HTTP allows" : message;
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
              .entity(Problem.document(status.code(), detail).getBytes(StandardCharsets.UTF_8))
              .build();
        };
    var handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  /// Where it is reached.
  public URI uri() {
    return Api.uri(host, server.port());
  }

  @Override
  public void close() {
    server.stop();
  }
}
