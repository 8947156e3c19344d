package io.sennit.app.cli;

import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Which machine a command speaks of: a directory, or a daemon's address.
final class Place {
  /// A running daemon says here where it is reached.
  private static final String URL_FILE = "http.url";

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  private static final class Choice {
    @Option(names = "--dir", paramLabel = "D", description = "The machine's directory.")
    private @Nullable Path dir;

    @Option(names = "--url", paramLabel = "URL", description = "A daemon: http://HOST:PORT.")
    private @Nullable URI url;
  }

  /// Opens the machine; a directory that a daemon holds is reached through the daemon.
  Door open() {
    if (choice.url != null) {
      return new HttpDoor(choice.url);
    }
    var dir = choice.dir;
    if (dir == null) {
      throw new IllegalStateException("picocli demands --dir or --url");
    }
    var daemon = daemon(dir);
    return daemon.isPresent() ? daemon.get() : new Desk(Sennit.open(dir));
  }

  /// Says where the daemon that holds this directory is reached.
  static Path write(Path dir, URI daemon) throws IOException {
    var file = dir.resolve(URL_FILE);
    var fresh = dir.resolve(URL_FILE + ".new");
    Files.writeString(fresh, daemon.toString());
    return Files.move(
        fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The daemon that holds this directory, if one answers.
  static Optional<HttpDoor> daemon(Path dir) {
    var file = dir.resolve(URL_FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var door = new HttpDoor(URI.create(Files.readString(file).strip()));
      return door.answers() ? Optional.of(door) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
