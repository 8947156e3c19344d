package io.sennit.app.log;

import java.util.Locale;
import java.util.logging.Level;

/// How important a line of the log is.
public enum LogLevel {
  /// Something is broken, and somebody has to look.
  ERROR,
  /// Something is not as it should be; the machine goes on.
  WARNING,
  /// What an operator wants to know: start, stop, peers, modes.
  INFO,
  /// What a programmer wants to know.
  DEBUG;

  Level level() {
    return switch (this) {
      case ERROR -> Level.SEVERE;
      case WARNING -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  /// As it is written in a line, and said on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LogLevel of(Level level) {
    for (var known : values()) {
      if (level.intValue() >= known.level().intValue()) {
        return known;
      }
    }
    return DEBUG;
  }
}
