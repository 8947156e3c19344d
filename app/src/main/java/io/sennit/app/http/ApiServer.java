package io.sennit.app.http;

import io.helidon.webserver.WebServer;
import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/// The daemon's HTTP server, on loopback.
public final class ApiServer implements AutoCloseable {
  /// What requests may take.
  ///
  /// @param body until a whole body is here
  record Limits(StreamApi.Limits streams, Duration body) {
    static final Limits USUAL = new Limits(StreamApi.Limits.USUAL, Duration.ofSeconds(60));
  }

  private final WebServer server;
  private final StreamApi streams;
  private final BodyWatch watch;
  private final String host;

  /// Serves the door at a loopback address.
  ///
  /// @param port 0 picks a free one
  /// @throws Door.RefusedException when the address is taken or not loopback: until tokens exist,
  ///   whoever reaches the port may write
  public ApiServer(Desk desk, String host, int port) {
    this(desk, host, port, Limits.USUAL);
  }

  /// With other limits.
  ApiServer(Desk desk, String host, int port, Limits limits) {
    requireLoopback(host);
    this.host = host;
    this.watch = new BodyWatch(limits.body);
    this.streams = new StreamApi(desk.sennit(), limits.streams);
    var metrics = new Metrics(desk.sennit(), streams);
    var api = new Api(desk, new Guard(host), streams, metrics, watch);
    try {
      this.server =
          WebServer.builder()
              .host(host)
              .port(port)
              .shutdownHook(false)
              .maxPayloadSize(2L * WritingApi.LINES_SIZE_BYTES_MAX) // of one chunk, too
              .connectionOptions(options -> options.tcpNoDelay(true))
              .directHandlers(FrameworkProblems.handlers(metrics))
              .routing(api::route)
              .build()
              .start();
    } catch (RuntimeException e) {
      streams.close();
      watch.close();
      throw new Door.RefusedException(
          409,
          "cannot serve HTTP at " + uri(host, port) + " (" + cause(e) + "); choose another --http");
    }
  }

  private static void requireLoopback(String host) {
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      throw new Door.RefusedException(409, "--http: no such host: " + host + "; say 127.0.0.1");
    }
    throw new Door.RefusedException(
        409,
        "--http "
            + host
            + " is not on this computer, and whoever reaches the API may write: say 127.0.0.1, and"
            + " tunnel to it with ssh -L from elsewhere, until tokens exist");
  }

  private static String cause(Throwable e) {
    var cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /// Where it is reached.
  public URI uri() {
    return uri(host, server.port());
  }

  /// How many streams are open.
  int readers() {
    return streams.readers();
  }

  /// Ends every stream in words.
  void stopStreams() {
    streams.close();
  }

  private static URI uri(String host, int port) {
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  @Override
  public void close() {
    stopStreams();
    server.stop();
    watch.close();
  }
}
