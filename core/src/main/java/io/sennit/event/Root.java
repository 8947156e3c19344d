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

  /// Size of the salt that sets federations of one name apart.
  public static final int SALT_SIZE_BYTES = 16;

  /// Makes the R of a new open federation.
  ///
  /// @param name any text that fits into an event
  /// @param salt 16 random bytes
  /// @param time RFC 3339, UTC, milliseconds
  /// @throws IllegalArgumentException when the name is too long or is no text, or the salt has
  ///   another size
  public static Root found(Signer founder, String name, byte[] salt, String time) {
    return new Root(RootText.found(founder, name, salt, time), name, true);
  }

  /// Reads R from a whole event, `uuid` included, and checks its form, its limits and its seal.
  public static Reading read(byte[] json, Seals seals) {
    return switch (EventReader.readWhole(json)) {
      case EventReader.Reading.Refused(var rejection) ->
          new Reading.Refused("not an event: " + rejection);
      case EventReader.Reading.Read(var event) -> RootText.read(event, seals);
    };
  }
}
