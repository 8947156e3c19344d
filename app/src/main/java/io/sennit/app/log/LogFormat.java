package io.sennit.app.log;

import java.util.Locale;

/// How a line of the log is written.
public enum LogFormat {
  /// For people: `TIME LEVEL ROOM MESSAGE name=value …`; a stack follows, indented.
  TEXT,
  /// For machines: one JSON object, with a stack as one of its members.
  JSON;

  /// As it is said on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
