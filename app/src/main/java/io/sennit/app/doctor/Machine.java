package io.sennit.app.doctor;

import io.sennit.app.door.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks at a machine: whether a daemon runs it, and how it is.
public final class Machine {
  private static final String DAEMON = "daemon";

  private Machine() {}

  /// Whether a daemon holds the directory.
  ///
  /// @param answers whether the daemon that `file` names answers
  /// @param file where a running daemon says how it is reached
  public static Sign daemon(Path dir, boolean answers, Path file) {
    if (answers) {
      return Sign.ok(DAEMON, "one runs this machine");
    }
    return Files.exists(file)
        ? Sign.warn(
            DAEMON,
            "none runs, but " + file + " is there: the last one was killed or cannot answer",
            "start it again with 'sennit run --dir " + dir + "'")
        : Sign.ok(DAEMON, "none runs this machine now");
  }

  /// A machine that could not be opened.
  ///
  /// @param why what opening it said
  public static Sign closed(Path dir, String why) {
    var remedy =
        why.contains("in use")
            ? "another program has it open and answers no HTTP: wait for it, or stop it (on Linux"
                + " 'fuser "
                + dir.resolve("LOCK")
                + "' names it)"
            : "make a copy of the directory before anything else, then follow what it says;"
                + " 'sennit verify --dir "
                + dir
                + "' names every damaged place";
    return Sign.bad("store", why, remedy);
  }

  /// A daemon that does not answer.
  public static Sign unreachable(URI url, String why) {
    return Sign.bad(DAEMON, why, "start it, or correct " + url);
  }

  /// How the machine is.
  ///
  /// @param status members of `GET /v1/status`
  public static List<Sign> look(Map<String, Object> status) {
    var signs = new ArrayList<Sign>();
    var events = Json.number(status, "events");
    var held = "%,d events, digest %s".formatted(events, Json.string(status, "digest"));
    var mode = Json.string(status, "mode");
    signs.add(
        switch (mode) {
          case "active", "catching-up", "fenced", "converged" ->
              Sign.ok("store", held + "; 'sennit verify' checks every byte");
          case "loading" -> Sign.warn("store", "it is being loaded", "wait a moment");
          case "read-only" ->
              Sign.bad(
                  "store",
                  held + "; read-only: the disk is full or faulty",
                  "make room and look at the daemon's log; then start the daemon again");
          default ->
              Sign.bad(
                  "store",
                  held + "; the machine is " + mode,
                  "look at the daemon's log, then start it again");
        });
    return signs;
  }
}
