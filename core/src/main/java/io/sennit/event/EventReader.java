package io.sennit.event;

/// Reads events from bytes that somebody else made.
public final class EventReader {
  /// What became of the bytes.
  public sealed interface Reading {
    /// A well-formed event. Whether it may join depends on its ancestors and its seal.
    record Read(Event event) implements Reading {}

    /// Bytes that no machine will ever take for an event.
    record Refused(Rejection rejection) implements Reading {}
  }

  private EventReader() {}

  /// Reads the canonical bytes of an event without `uuid`: one pass that checks the canonical form,
  /// finds the system members and builds no tree.
  public static Reading read(byte[] body) {
    throw new UnsupportedOperationException();
  }

  /// Reads a whole event: canonical, `uuid` included and equal to the hash of the rest.
  public static Reading readWhole(byte[] json) {
    throw new UnsupportedOperationException();
  }
}
