package io.sennit.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The `sennit` object of R, in and out of canonical JSON.
///
/// What it must say is known to the last byte, so most of it is compared, not interpreted.
final class RootText {
  private static final String FORMAT = "1";
  private static final String LIMITS =
      String.format(
          Locale.ROOT,
          "{\"depthMax\":%d,\"eventSizeBytesMax\":%d,\"parentsMax\":%d,\"runEventsMax\":%d,\"runSizeBytesMax\":%d}",
          Limits.DEPTH_MAX,
          Limits.EVENT_SIZE_BYTES_MAX,
          Limits.PARENTS_MAX,
          Limits.RUN_EVENTS_MAX,
          Limits.RUN_SIZE_BYTES_MAX);
  private static final String OPEN = "\"open\"";
  private static final String CLOSED = "\"closed\"";
  private static final List<String> MEMBERS =
      List.of("admins", "format", "limits", "membership", "name", "salt");

  private RootText() {}

  static Event found(Signer founder, String name, byte[] salt, String time) {
    if (salt.length != Root.SALT_SIZE_BYTES) {
      throw new IllegalArgumentException(
          "a salt has " + Root.SALT_SIZE_BYTES + " bytes, not " + salt.length);
    }
    var sig = new byte[Event.SIG_TEXT_LENGTH];
    Base64Url.write(Assembly.seal(founder, text(founder.machine(), name, salt, "", time)), sig, 0);
    var sigMember = "\"sig\":\"" + new String(sig, US_ASCII) + "\",";
    var body = text(founder.machine(), name, salt, sigMember, time);
    return switch (EventReader.read(body)) {
      case EventReader.Reading.Read(var event) -> event;
      case EventReader.Reading.Refused(var rejection) ->
          throw new IllegalArgumentException("no root can have this name: " + rejection);
    };
  }

  private static byte[] text(
      MachineId founder, String name, byte[] salt, String sigMember, String time) {
    var saltText = new byte[Base64Url.length(salt.length)];
    Base64Url.write(salt, saltText, 0);
    var text = new CanonicalText(1024);
    text.ascii(
            "{\"machine\":\"" + founder + "\",\"parents\":[],\"sennit\":{\"admins\":[\"" + founder)
        .ascii("\"],\"format\":" + FORMAT + ",\"limits\":" + LIMITS)
        .ascii(",\"membership\":" + OPEN + ",\"name\":");
    if (!text.string(name)) {
      throw new IllegalArgumentException("the name holds half of a surrogate pair");
    }
    text.ascii(",\"salt\":\"" + new String(saltText, US_ASCII) + "\"}," + sigMember + "\"time\":");
    if (!text.string(time)) {
      throw new IllegalArgumentException("the time holds half of a surrogate pair");
    }
    return text.put('}').toBytes();
  }

  static Root.Reading read(Event event, Seals seals) {
    if (!event.parents().isEmpty()) {
      return refuse("this event has parents, so it is not the root of a federation");
    }
    if (!event.sealed()) {
      return refuse("this root has no sig; its founder seals it");
    }
    var sennit =
        members(Objects.requireNonNull(members(event.body()).get("sennit")).getBytes(UTF_8));
    if (!FORMAT.equals(sennit.get("format"))) {
      return refuse("this build implements format " + FORMAT + ", not " + sennit.get("format"));
    }
    if (!List.copyOf(sennit.keySet()).equals(MEMBERS)) {
      return refuse("format 1 has " + MEMBERS + " in sennit, not " + sennit.keySet());
    }
    if (!LIMITS.equals(sennit.get("limits"))) {
      return refuse("format 1 has the limits " + LIMITS + ", not " + sennit.get("limits"));
    }
    var membership = sennit.get("membership");
    if (CLOSED.equals(membership)) {
      return refuse("closed federations are not implemented in this build");
    }
    if (!OPEN.equals(membership)) {
      return refuse("membership is \"open\" or \"closed\", not " + membership);
    }
    return readOpen(event, sennit, seals);
  }

  private static Root.Reading readOpen(Event event, Map<String, String> sennit, Seals seals) {
    if (!areAdmins(sennit.getOrDefault("admins", ""))) {
      return refuse("admins is an array of machine keys, ascending, at least one");
    }
    var name = sennit.getOrDefault("name", "");
    if (!name.startsWith("\"")) {
      return refuse("the name of a federation is a string");
    }
    if (!isSalt(sennit.getOrDefault("salt", ""))) {
      return refuse("the salt is " + Root.SALT_SIZE_BYTES + " bytes as base64url");
    }
    if (!seals.valid(event.machine(), event.signedBytes(), event.seal())) {
      return refuse("the seal of this root is not its founder's");
    }
    var nameBytes = name.getBytes(UTF_8);
    var decoded = Strings.decode(nameBytes, 1, nameBytes.length - 1);
    return new Root.Reading.Read(new Root(event, decoded, true));
  }

  private static Root.Reading refuse(String why) {
    return new Root.Reading.Refused(why);
  }

  /// Each is `"<43 characters>"`, with commas between them.
  private static boolean areAdmins(String json) {
    if (!json.startsWith("[\"") || !json.endsWith("\"]")) {
      return false;
    }
    var admins = List.of(json.substring(2, json.length() - 2).split("\",\"", -1));
    for (int i = 0; i < admins.size(); i++) {
      if (i > 0 && admins.get(i - 1).compareTo(admins.get(i)) >= 0) {
        return false;
      }
      var text = admins.get(i).getBytes(UTF_8);
      if (text.length != MachineId.TEXT_LENGTH
          || !Base64Url.read(text, 0, new byte[MachineId.SIZE_BYTES])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSalt(String json) {
    int length = Base64Url.length(Root.SALT_SIZE_BYTES);
    var text = json.getBytes(UTF_8);
    return text.length == length + 2
        && text[0] == '"'
        && Base64Url.read(text, 1, new byte[Root.SALT_SIZE_BYTES]);
  }

  /// The members of a canonical object, each value as the JSON it is written in.
  private static Map<String, String> members(byte[] object) {
    var form = new Form(object);
    var names = new Names(form);
    var values = new Values(form, names);
    var members = new TreeMap<String, String>();
    names.open(1);
    int at = 1;
    while (form.peek(at) == '"') {
      int value = names.read(at, 1);
      int end = values.end(value);
      members.put(
          Strings.decode(object, names.from(1), names.to(1)),
          new String(object, value, end - value, UTF_8));
      at = end + 1;
    }
    return members;
  }
}
