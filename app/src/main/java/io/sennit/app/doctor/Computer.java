package io.sennit.app.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// Looks at this computer: what any machine on it depends on.
public final class Computer {
  /// A clock that shows an earlier time was never set.
  private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");

  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

  /// RocksDB's files, a socket for each peer and each reader.
  private static final long OPEN_FILES_FEW = 1_024;

  private Computer() {}

  /// Java, the limit of open files, and the folder for temporary files.
  ///
  /// @param version of this program
  public static List<Sign> look(String version) {
    var signs = new ArrayList<Sign>();
    signs.add(Sign.ok("version", version));
    signs.add(
        Sign.ok(
            "java",
            Runtime.version()
                + " of "
                + System.getProperty("java.vendor")
                + " on "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      signs.add(openFiles(system.getMaxFileDescriptorCount()));
    }
    signs.add(seals(Sennit.sealLibrary()));
    signs.add(temporary(Path.of(System.getProperty("java.io.tmpdir"))));
    return signs;
  }

  private static Sign seals(String library) {
    return Sign.ok(
        "seals",
        "checked by "
            + library
            + (library.equals("libsodium") ? "" : "; libsodium (Debian: libsodium23) is faster"));
  }

  static Sign openFiles(long most) {
    var found = "%,d files may be open at once".formatted(most);
    return most < OPEN_FILES_FEW
        ? Sign.warn(
            "files",
            found,
            "raise the limit (ulimit -n, or LimitNOFILE= of the service): the index keeps dozens"
                + " open, each peer and each reader one")
        : Sign.ok("files", found);
  }

  /// Native libraries are unpacked there and loaded: it must be writable, and not be mounted with
  /// `noexec`.
  static Sign temporary(Path folder) {
    var remedy = "name another folder: JDK_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER";
    try {
      var file = Files.createTempFile(folder, "sennit-doctor-", ".tmp");
      try {
        boolean executable = file.toFile().setExecutable(true) && Files.isExecutable(file);
        return executable
            ? Sign.ok("temp", folder + " takes native libraries")
            : Sign.bad("temp", folder + " does not let libraries run (noexec)", remedy);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Sign.bad("temp", "no file can be made in " + folder + ": " + e.getMessage(), remedy);
    }
  }

  /// Whether this address can be listened at.
  ///
  /// @param option that would name it
  public static Sign port(String option, String host, int port) {
    try (var server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(host, port));
      return Sign.ok("port", option + " " + host + ":" + port + " is free");
    } catch (IOException e) {
      return Sign.bad(
          "port",
          option + " " + host + ":" + port + " cannot be used: " + e.getMessage(),
          "choose another address, or stop the program that uses it");
    }
  }

  /// Only a hint: nothing depends on the clock but the `time` that events show.
  ///
  /// @param newest `time` of one of the newest events
  public static Sign clock(Instant now, String newest) {
    var remedy = "set the clock; events stay valid whatever it says, only their `time` misleads";
    if (now.isBefore(BUILT)) {
      return Sign.warn("clock", "it shows " + now + ", before this program was built", remedy);
    }
    try {
      if (Instant.parse(newest).isAfter(now.plus(CLOCK_TOLERANCE))) {
        return Sign.warn(
            "clock",
            "it shows " + now + ", but an event here says " + newest,
            "find out which machine's clock is wrong, and " + remedy);
      }
    } catch (DateTimeParseException e) {
      return Sign.ok("clock", "it shows " + now); // an application may write any text as `time`
    }
    return Sign.ok("clock", "it shows " + now);
  }
}
