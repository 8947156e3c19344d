package io.sennit.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private static final int SALT_SIZE_BYTES = 16;

  /// The limits as they stand in R.
  private static final String LIMITS =
      "{\"depth\":"
          + Limits.DEPTH_MAX
          + ",\"eventBytes\":"
          + Limits.EVENT_SIZE_BYTES_MAX
          + ",\"parents\":"
          + Limits.PARENTS_MAX
          + ",\"runBytes\":"
          + Limits.RUN_SIZE_BYTES_MAX
          + ",\"runEvents\":"
          + Limits.RUN_EVENTS_MAX
          + "}";

  /// Makes the R of a new open federation.
  ///
  /// @param salt 16 random bytes
  /// @param time RFC 3339, UTC, milliseconds
  public static Root found(Signer founder, String name, byte[] salt, String time) {
    if (salt.length != SALT_SIZE_BYTES) {
      throw new IllegalArgumentException(
          "a salt has " + SALT_SIZE_BYTES + " bytes, not " + salt.length);
    }
    var members = new TreeMap<String, byte[]>();
    members.put("time", text(time));
    members.put(
        "sennit",
        sennit(
            founder.machine(),
            text("open"),
            text(name),
            text(Base64.getUrlEncoder().withoutPadding().encodeToString(salt))));
    var event = new Draft(members).finishSealed(founder, List.of(), 0);
    return new Root(event, name, true);
  }

  private static byte[] sennit(MachineId admin, byte[] membership, byte[] name, byte[] salt) {
    var members = new TreeMap<String, byte[]>();
    members.put("admins", ascii("[\"" + admin + "\"]"));
    members.put("format", ascii("1"));
    members.put("limits", ascii(LIMITS));
    members.put("membership", membership);
    members.put("name", name);
    members.put("salt", salt);
    var out = new ByteArrayOutputStream();
    Canonical.write(members, out);
    return out.toByteArray();
  }

  /// Reads R from a whole event, `uuid` included, and checks its form, its limits and its seal.
  public static Reading read(byte[] json, Seals seals) {
    return switch (EventReader.readWhole(json)) {
      case EventReader.Reading.Refused(var rejection) ->
          new Reading.Refused("not a root: " + rejection);
      case EventReader.Reading.Read(var event) -> {
        try {
          yield read(event, seals);
        } catch (Fault fault) {
          yield new Reading.Refused("not a root: " + fault.rejection());
        }
      }
    };
  }

  private static Reading read(Event event, Seals seals) throws Fault {
    if (!event.parents().isEmpty()) {
      return new Reading.Refused("not a root: it has parents");
    }
    if (!event.sealed() || !new Run(List.of(event)).sealedBy(seals)) {
      return new Reading.Refused("its seal is not its founder's");
    }
    var said = Canonical.members(event.body()).getOrDefault("sennit", new byte[0]);
    var parts = Canonical.members(said);
    if (!is(parts, "format", "1")) {
      return new Reading.Refused("its format is not 1: a newer Sennit is needed");
    }
    if (!is(parts, "limits", LIMITS)) {
      return new Reading.Refused("its limits are not those of format 1");
    }
    if (is(parts, "membership", "\"closed\"")) {
      return new Reading.Refused("closed federations are not implemented in this build");
    }
    if (!is(parts, "membership", "\"open\"")) {
      return new Reading.Refused("its membership is neither open nor closed");
    }
    var name = parts.getOrDefault("name", new byte[0]);
    var salt = parts.getOrDefault("salt", new byte[0]);
    boolean textual = name.length >= 2 && name[0] == '"' && isSalt(salt);
    if (!textual || !Arrays.equals(said, sennit(event.machine(), text("open"), name, salt))) {
      return new Reading.Refused("its sennit object is not of format 1");
    }
    return new Reading.Read(new Root(event, unquoted(name), true));
  }

  private static boolean is(Map<String, byte[]> parts, String member, String value) {
    return Arrays.equals(parts.get(member), ascii(value));
  }

  private static boolean isSalt(byte[] quoted) {
    var text = unquoted(quoted);
    try {
      var salt = Base64.getUrlDecoder().decode(text);
      return salt.length == SALT_SIZE_BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(salt).equals(text);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static byte[] text(String text) {
    var out = new ByteArrayOutputStream();
    Canonical.write(text, out);
    return out.toByteArray();
  }

  private static String unquoted(byte[] quoted) {
    return Canonical.text(quoted);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
