package io.sennit.app.faults;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds out which process began a connection on loopback: the kernel lists sockets by their ports
/// under `/proc/net`, and a process its sockets under `/proc/PID/fd`.
final class Dialler {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  /// Columns of the tables.
  private static final int LOCAL = 1;

  private static final int REMOTE = 2;
  private static final int INODE = 9;

  private Dialler() {}

  /// Whether this computer has such tables.
  static boolean known() {
    return TABLES.stream().anyMatch(Files::isReadable);
  }

  /// Which of the processes has the other end.
  ///
  /// @param accepted this process's end of the connection
  static Optional<Long> of(Socket accepted, List<Long> pids) throws IOException {
    var socket = socket(accepted.getPort(), accepted.getLocalPort());
    for (long pid : pids) {
      if (socket.isPresent() && has(pid, socket.get())) {
        return Optional.of(pid);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> socket(int local, int remote) throws IOException {
    for (var table : TABLES) {
      if (Files.isReadable(table)) {
        for (var line : Files.readAllLines(table)) {
          var columns = line.strip().split("\\s+", -1);
          if (columns[LOCAL].endsWith(port(local)) && columns[REMOTE].endsWith(port(remote))) {
            return Optional.of("socket:[" + columns[INODE] + "]");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String port(int port) {
    return String.format(Locale.ROOT, ":%04X", port);
  }

  private static boolean has(long pid, String socket) throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (var file : files) {
        if (target(file).equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException ended) {
      return false;
    }
  }

  private static String target(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return "";
    }
  }
}
