package io.sennit.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads events from bytes that somebody else made.
///
/// One pass checks the canonical form, finds the system members and builds no tree.
public final class EventReader {
  /// What became of the bytes.
  public sealed interface Reading {
    /// A well-formed event. Whether it may join depends on its ancestors and its seal.
    record Read(Event event) implements Reading {}

    /// Bytes that no machine will ever take for an event.
    record Refused(Rejection rejection) implements Reading {}
  }

  /// A parent in the text: 64 digits, two quotes, a comma.
  private static final int PARENT_LENGTH = EventId.TEXT_LENGTH + 3;

  private static final byte[] MACHINE = ascii("machine");
  private static final byte[] PARENTS = ascii("parents");
  private static final byte[] SENNIT = ascii("sennit");
  private static final byte[] SIG = ascii("sig");
  private static final byte[] TIME = ascii("time");
  private static final byte[] TIPS = ascii("tips");
  private static final byte[] UUID = ascii("uuid");

  private final byte[] bytes;
  private final CanonicalScanner in;
  private @Nullable MachineId machine;
  private @Nullable List<EventId> parents;
  private int parentsFrom;
  private int parentsTo;
  private int sigFrom = -1;
  private long tips;
  private boolean hasTips;
  private boolean hasTime;
  private boolean hasSennit;
  private int uuidFrom = -1;
  private int uuidAt = -1;
  private @Nullable EventId uuid;

  private EventReader(byte[] bytes) {
    this.bytes = bytes;
    this.in = new CanonicalScanner(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads the canonical bytes of an event without `uuid`. The event keeps the array: do not write
  /// to it.
  public static Reading read(byte[] body) {
    try {
      var reader = new EventReader(body);
      reader.scan();
      if (reader.uuid != null) {
        throw new Fault(
            Reason.MALFORMED_MEMBER, "uuid: it is not part of the bytes that are hashed");
      }
      return new Reading.Read(reader.event(body, Hash.of(body)));
    } catch (Fault fault) {
      return new Reading.Refused(fault.rejection());
    }
  }

  /// Reads a whole event: canonical, `uuid` included and equal to the hash of the rest.
  public static Reading readWhole(byte[] json) {
    try {
      var reader = new EventReader(json);
      reader.scan();
      if (reader.uuid == null) {
        throw new Fault(Reason.MALFORMED_MEMBER, "uuid: it is missing");
      }
      var body = reader.withoutUuid();
      var id = Hash.of(body);
      if (!id.equals(reader.uuid)) {
        throw new Fault(Reason.WRONG_UUID, "uuid: the rest of the event hashes to " + id);
      }
      return new Reading.Read(reader.event(body, id));
    } catch (Fault fault) {
      return new Reading.Refused(fault.rejection());
    }
  }

  private void scan() throws Fault {
    if (bytes.length > Limits.EVENT_SIZE_BYTES_MAX + (Limits.PARENTS_MAX + 2) * PARENT_LENGTH) {
      throw new Fault(Reason.TOO_LARGE, bytes.length + " bytes");
    }
    in.openEvent();
    while (in.nextMember()) {
      member();
    }
    in.closeEvent();
    if (uuidAt < 0) {
      uuidAt = bytes.length - 1;
    }
    check();
  }

  private void member() throws Fault {
    if (uuidAt < 0 && in.isNameAbove(UUID)) {
      uuidAt = in.memberFrom();
    }
    if (in.isName(MACHINE)) {
      machine = MachineId.of(base64(MachineId.TEXT_LENGTH, "machine"), 0);
    } else if (in.isName(PARENTS)) {
      parents();
    } else if (in.isName(SENNIT)) {
      hasSennit = true;
      if (in.peek() != '{') {
        throw malformed("sennit", "an object");
      }
      in.value();
    } else if (in.isName(SIG)) {
      sigFrom = in.memberFrom();
      base64(86, "sig");
    } else if (in.isName(TIME)) {
      hasTime = true;
      if (in.peek() != '"') {
        throw malformed("time", "a string");
      }
      in.string();
    } else if (in.isName(TIPS)) {
      tips();
    } else if (in.isName(UUID)) {
      uuidFrom = in.memberFrom();
      in.expect('"');
      uuid = uuid("uuid");
      in.expect('"');
    } else {
      in.value();
    }
  }

  private void check() throws Fault {
    if (machine == null) {
      throw new Fault(Reason.MALFORMED_MEMBER, "machine: it is missing");
    }
    if (parents == null) {
      throw new Fault(Reason.MALFORMED_MEMBER, "parents: it is missing");
    }
    if (!hasTime) {
      throw new Fault(Reason.MALFORMED_MEMBER, "time: it is missing");
    }
    if (hasTips && tips <= parents.size()) {
      throw new Fault(
          Reason.MALFORMED_MEMBER, "tips: it must be greater than the number of parents");
    }
    if (parents.isEmpty() && !hasSennit) {
      throw new Fault(Reason.NOT_THE_ROOT, "parents: only the root has none");
    }
    if (!parents.isEmpty() && hasSennit) {
      throw new Fault(Reason.RESERVED_NAME, "sennit: only the root has it");
    }
    if (parents.isEmpty() && sigFrom < 0) {
      throw new Fault(
          Reason.MALFORMED_MEMBER, "sig: the root is a run of one and carries its seal");
    }
    int uuidLength = uuid == null ? 0 : uuidMemberLength();
    int sizeBytes = bytes.length - uuidLength - (parentsTo - parentsFrom) + 2;
    if (sizeBytes > Limits.EVENT_SIZE_BYTES_MAX) {
      throw new Fault(Reason.TOO_LARGE, sizeBytes + " bytes, over " + Limits.EVENT_SIZE_BYTES_MAX);
    }
  }

  private Event event(byte[] body, EventId id) {
    if (machine == null || parents == null) {
      throw new IllegalStateException("an event is made after its members are checked");
    }
    int at = uuidFrom < 0 ? uuidAt : Math.min(uuidFrom, body.length - 1);
    return new Event(
        id, machine, parents, body, new Event.Layout(parentsFrom, parentsTo, sigFrom, at, tips));
  }

  /// `"uuid":"<64 digits>"` and a comma.
  private static int uuidMemberLength() {
    return 7 + EventId.TEXT_LENGTH + 2 + 1;
  }

  /// Takes out the member with the comma behind it, or before it when it is the last.
  private byte[] withoutUuid() {
    boolean last = uuidFrom + uuidMemberLength() == bytes.length;
    int from = last ? uuidFrom - 1 : uuidFrom;
    int to = from + uuidMemberLength();
    var body = Arrays.copyOf(bytes, bytes.length - uuidMemberLength());
    System.arraycopy(bytes, to, body, from, bytes.length - to);
    return body;
  }

  private void parents() throws Fault {
    parentsFrom = in.at();
    if (in.peek() != '[') {
      throw malformed("parents", "an array of uuids");
    }
    in.expect('[');
    var found = new ArrayList<EventId>(2);
    if (in.peek() != ']') {
      while (true) {
        if (found.size() == Limits.PARENTS_MAX) {
          throw in.wrong(Reason.TOO_MANY_PARENTS, "more than " + Limits.PARENTS_MAX + " parents");
        }
        in.expect('"');
        var parent = uuid("parents");
        in.expect('"');
        if (!found.isEmpty() && found.getLast().compareTo(parent) >= 0) {
          throw in.wrong(Reason.PARENTS_NOT_SORTED, "parents: " + parent + " stands out of order");
        }
        found.add(parent);
        if (in.peek() != ',') {
          break;
        }
        in.expect(',');
      }
    }
    in.expect(']');
    parentsTo = in.at();
    parents = found;
  }

  private EventId uuid(String member) throws Fault {
    long a = hexWord(member);
    long b = hexWord(member);
    long c = hexWord(member);
    return new EventId(a, b, c, hexWord(member));
  }

  private long hexWord(String member) throws Fault {
    long word = 0;
    for (int i = 0; i < 16; i++) {
      int digit = in.peek();
      if (digit >= '0' && digit <= '9') {
        word = word << 4 | (digit - '0');
      } else if (digit >= 'a' && digit <= 'f') {
        word = word << 4 | (digit - 'a' + 10);
      } else {
        throw malformed(member, "64 digits of [0-9a-f]");
      }
      in.expect(digit);
    }
    return word;
  }

  /// A string of so many base64url characters, the unused bits of the last one zero.
  private byte[] base64(int length, String member) throws Fault {
    if (in.peek() != '"') {
      throw malformed(member, "a string");
    }
    int from = in.at() + 1;
    in.string();
    int to = in.at() - 1;
    if (to - from == length) {
      var text = Arrays.copyOfRange(bytes, from, to);
      try {
        var decoded = Base64.getUrlDecoder().decode(text);
        if (Arrays.equals(Base64.getUrlEncoder().withoutPadding().encode(decoded), text)) {
          return decoded;
        }
      } catch (IllegalArgumentException notBase64) {
        throw malformed(member, length + " base64url characters");
      }
    }
    throw malformed(member, length + " base64url characters, unused bits zero");
  }

  private void tips() throws Fault {
    hasTips = true;
    int from = in.at();
    int first = in.peek();
    if (first < '0' || first > '9') {
      throw malformed("tips", "a whole number");
    }
    in.number();
    for (int i = from; i < in.at(); i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw malformed("tips", "a whole number");
      }
      tips = tips * 10 + (bytes[i] - '0');
    }
  }

  private Fault malformed(String member, String wanted) {
    return in.wrong(Reason.MALFORMED_MEMBER, member + ": it must be " + wanted);
  }
}
