package io.sennit.app.demo;

import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A machine in a process of its own: `sennit run`, which ends when its standard input does, and so
/// with whoever started it.
public final class Daemon implements AutoCloseable {
  private static final long STOP_SECONDS_MAX = 10;

  private final Process process;
  private final Path dir;
  private final URI http;
  private final String listen;
  private final HttpDoor door;

  private Daemon(Process process, Path dir, Map<String, Object> ready) {
    this.process = process;
    this.dir = dir;
    this.http = URI.create(Json.string(ready, "http"));
    this.listen = Json.string(ready, "listen");
    this.door = new HttpDoor(http);
  }

  /// A process that was started and may not be ready yet.
  public static final class Starting {
    private final Process process;
    private final Path dir;

    private Starting(Process process, Path dir) {
      this.process = process;
      this.dir = dir;
    }

    /// Waits until it says that it is ready.
    public Daemon awaitReady() {
      try {
        var out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        if (line == null) {
          throw new IllegalStateException("the machine in " + dir + " did not start; see above");
        }
        return new Daemon(process, dir, Json.read(line));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Starts the machine in this directory with the class path and the Java of this process.
  public static Starting start(Path dir, String listen) {
    return start(List.of(), dir, listen);
  }

  /// Starts it by another program, whose words stand before those of Java.
  ///
  /// @param options of `sennit run`, beside those that every daemon gets
  public static Starting start(List<String> by, Path dir, String listen, String... options) {
    var command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.sennit.app.Main",
            "run",
            "--json",
            "--until-input-ends",
            "--dir",
            dir.toString(),
            "--listen",
            listen));
    command.addAll(List.of(options));
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Starting(process, dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What commands ask of it.
  public HttpDoor door() {
    return door;
  }

  /// Where its HTTP API is.
  public URI http() {
    return http;
  }

  /// Where peers connect.
  public String listen() {
    return listen;
  }

  /// Its directory.
  public Path dir() {
    return dir;
  }

  /// Number of its process.
  public long pid() {
    return process.pid();
  }

  /// How many events it holds.
  public long events() {
    return Json.number(Json.read(door.status()), "events");
  }

  /// The digest of its DAG.
  public String digest() {
    return Json.string(Json.read(door.status()), "digest");
  }

  /// The state of its conversation with the machine that listens at this address.
  public String stateOf(String address) {
    for (var peer : Json.objects(Json.read(door.status()), "peers")) {
      if (Json.string(peer, "address").equals(address)) {
        return Json.string(peer, "state");
      }
    }
    return "unknown";
  }

  /// Ends the process at once, as a power failure would.
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /// Lets the machine stop by itself, and ends it when it does not.
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }
}
