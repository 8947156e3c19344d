package io.sennit.event;

/// What R says: the federation's name, and that its rules are those of format 1.
///
/// @param event R itself
/// @param name the federation's name, for people
/// @param open whether any machine that knows R may take part
public record Root(Event event, String name, boolean open) {
  /// What became of bytes that claim to be R.
  public sealed interface Reading {
    /// A root that this build implements fully.
    record Read(Root root) implements Reading {}

    /// Not an R, or not one for this build; the sentence says which.
    record Refused(String why) implements Reading {}
  }

  /// Makes the R of a new open federation.
  ///
  /// @param salt 16 random bytes
  /// @param time RFC 3339, UTC, milliseconds
  public static Root found(Signer founder, String name, byte[] salt, String time) {
    throw new UnsupportedOperationException();
  }

  /// Reads R from a whole event, `uuid` included, and checks its form, its limits and its seal.
  public static Reading read(byte[] json, Seals seals) {
    throw new UnsupportedOperationException();
  }
}
