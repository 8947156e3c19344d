package io.sennit.app.cli;

import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import io.sennit.node.Sennit;
import io.sennit.node.SennitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which machine a command speaks of: a directory, or a daemon's address.
final class Place {
  /// A running daemon says here where it is reached.
  private static final String URL_FILE = "http.url";

  /// How the store's refusal ends when another process has the directory open.
  private static final String IN_USE = "in use by another process";

  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long PAUSE_MILLIS = 25;

  @ArgGroup private Choice choice = new Choice();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private static final class Choice {
    @Option(
        names = "--dir",
        paramLabel = "D",
        description = "The machine's directory. Default: the variable SENNIT_DIR.")
    private @Nullable Path dir;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "A daemon: http://HOST:PORT. Default: the variable SENNIT_URL.")
    private @Nullable URI url;
  }

  @SuppressWarnings("NullAway.Init")
  Place() {}

  /// Opens the machine; a directory that a daemon holds is reached through the daemon.
  Door open() {
    return switch (named()) {
      case Named.Daemon(var url) -> new HttpDoor(url);
      case Named.Directory(var dir) -> open(dir);
    };
  }

  /// Finds the daemon, each time anew: one that holds a directory may come back at another port.
  Supplier<Optional<HttpDoor>> daemon() {
    return switch (named()) {
      case Named.Daemon(var url) -> () -> Optional.of(new HttpDoor(url));
      case Named.Directory(var dir) -> () -> daemon(dir);
    };
  }

  /// What the command line or the environment names.
  private sealed interface Named {
    record Daemon(URI url) implements Named {}

    record Directory(Path dir) implements Named {}
  }

  private Named named() {
    if (choice.url != null) {
      return new Named.Daemon(choice.url);
    }
    if (choice.dir != null) {
      return new Named.Directory(choice.dir);
    }
    var url = System.getenv("SENNIT_URL");
    if (url != null) {
      return new Named.Daemon(URI.create(url));
    }
    var dir = System.getenv("SENNIT_DIR");
    if (dir != null) {
      return new Named.Directory(Path.of(dir));
    }
    throw new ParameterException(
        spec.commandLine(), "which machine? Say --dir D or --url URL, or set SENNIT_DIR");
  }

  /// Opens the machine here unless its daemon answers; waits for a short command that has it open.
  private static Door open(Path dir) {
    long untilNanos = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      var daemon = daemon(dir);
      if (daemon.isPresent()) {
        return daemon.get();
      }
      try {
        return new Desk(Sennit.open(dir));
      } catch (SennitException e) {
        boolean inUse = String.valueOf(e.getMessage()).endsWith(IN_USE);
        if (!inUse || System.nanoTime() > untilNanos) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says where the daemon that holds this directory is reached.
  static Path write(Path dir, URI daemon) throws IOException {
    var file = names(dir);
    var fresh = dir.resolve(URL_FILE + ".new");
    Files.writeString(fresh, daemon.toString());
    return Files.move(
        fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The file in which a running daemon says where it is reached.
  static Path names(Path dir) {
    return dir.resolve(URL_FILE);
  }

  /// The daemon that holds this directory, if one answers. One that was killed leaves its address
  /// behind, and another machine's may answer there later.
  static Optional<HttpDoor> daemon(Path dir) {
    var file = names(dir);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var machine = Json.string(Json.read(Files.readString(dir.resolve("sennit.json"))), "machine");
      var door = new HttpDoor(URI.create(Files.readString(file).strip()));
      return door.isOf(machine) ? Optional.of(door) : Optional.empty();
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty(); // it has just stopped, or somebody else wrote into the file
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
