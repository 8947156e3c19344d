package io.sennit.app.log;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sets up the log of this process.
public final class Log {
  /// Libraries that tell of their own life at a level that we keep for ours.
  private static final List<Logger> TALKATIVE = List.of(Logger.getLogger("io.helidon"));

  private Log() {}

  /// From now on everything of this level or above is written to standard error in this form.
  public static void write(LogFormat format, LogLevel least) {
    var root = Logger.getLogger("");
    root.setLevel(least.level());
    for (var handler : root.getHandlers()) {
      handler.setLevel(Level.ALL);
      handler.setFormatter(
          switch (format) {
            case TEXT -> new TextFormatter();
            case JSON -> new JsonFormatter();
          });
    }
    TALKATIVE.forEach(library -> library.setLevel(least == LogLevel.INFO ? Level.WARNING : null));
  }
}
