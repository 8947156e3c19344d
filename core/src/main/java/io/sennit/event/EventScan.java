package io.sennit.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One pass over the bytes of one event, and the rules that need nothing but the event.
final class EventScan {
  /// The event object.
  private static final int DEPTH = 1;

  private final Form form;
  private final Names names;
  private final Members members;

  EventScan(byte[] bytes) {
    form = new Form(bytes);
    names = new Names(form);
    members = new Members(form, new Values(form, names));
  }

  /// Why these bytes are no event, or null when they are one.
  @Nullable Rejection fault() {
    if (object() < 0) {
      return form.fault();
    }
    if (members.fault != null) {
      return members.fault;
    }
    if (members.machine == null || members.parents == null || !members.time) {
      var missing =
          members.machine == null ? "machine" : members.parents == null ? "parents" : "time";
      return new Rejection(Reason.MALFORMED_MEMBER, "member " + missing + ": it is missing");
    }
    int sizeBytes =
        form.bytes.length
            - (members.parentsTo - members.parentsFrom - 2)
            - (members.uuidFrom < 0 ? 0 : members.uuidTo - members.uuidFrom + 1);
    if (sizeBytes > Limits.EVENT_SIZE_BYTES_MAX) {
      return tooLarge(sizeBytes);
    }
    return members.parents.isEmpty() ? rootFault() : childFault();
  }

  /// The same for every event that is too large, whether all of it was read or not.
  static Rejection tooLarge(int sizeBytes) {
    return new Rejection(
        Reason.TOO_LARGE,
        sizeBytes + " bytes, and at most " + Limits.EVENT_SIZE_BYTES_MAX + " are allowed");
  }

  private @Nullable Rejection rootFault() {
    return members.sennitIsObject
        ? null
        : new Rejection(
            Reason.NOT_THE_ROOT,
            "member parents: only R, which has an object named sennit, has no parents");
  }

  private @Nullable Rejection childFault() {
    return members.sennit
        ? new Rejection(Reason.RESERVED_NAME, "member sennit: it stands only in R; rename it")
        : null;
  }

  private int object() {
    int first = form.peek(0);
    if (Utf8.startsWithMark(form.bytes)) {
      return form.refuse(Reason.NOT_UTF8, 0, "a byte order mark; remove it");
    }
    if (first != '{') {
      return first == '['
              || first == '"'
              || first == 't'
              || first == 'f'
              || first == 'n'
              || first == '-'
              || (first >= '0' && first <= '9')
          ? form.refuse(Reason.NOT_AN_OBJECT, 0, "an event is a JSON object")
          : form.unexpected(0, "{");
    }
    names.open(DEPTH);
    int at = 1;
    if (form.peek(at) != '}') {
      do {
        at = member(at);
      } while (at >= 0 && form.peek(at++) == ',');
      if (at < 0) {
        return at;
      }
      at--;
      if (form.peek(at) != '}') {
        return form.unexpected(at, "a comma or }");
      }
    }
    at++;
    return at == form.bytes.length ? at : form.unexpected(at, "the end of the text");
  }

  private int member(int from) {
    int at = names.read(from, DEPTH);
    return at < 0 ? at : members.value(names.from(DEPTH), names.to(DEPTH), at);
  }

  @Nullable EventId uuid() {
    return members.uuid;
  }

  boolean hasUuid() {
    return members.uuidFrom >= 0;
  }

  /// The event with these bytes, which have no fault and no uuid.
  Event event() {
    var bytes = form.bytes;
    int uuidAt = members.afterUuid < 0 ? bytes.length - 1 : members.afterUuid;
    return event(bytes, uuidAt);
  }

  /// The event with these bytes, which have no fault, but without their uuid.
  Event eventWithoutUuid() {
    var bytes = form.bytes;
    boolean last = bytes[members.uuidTo] == '}';
    int from = last ? members.uuidFrom - 1 : members.uuidFrom;
    int to = last ? members.uuidTo : members.uuidTo + 1;
    var body = new byte[bytes.length - (to - from)];
    System.arraycopy(bytes, 0, body, 0, from);
    System.arraycopy(bytes, to, body, from, bytes.length - to);
    return event(body, from);
  }

  private Event event(byte[] body, int uuidAt) {
    var machine = Objects.requireNonNull(members.machine);
    List<EventId> parents = Objects.requireNonNull(members.parents);
    var layout =
        new Event.Layout(
            members.parentsFrom, members.parentsTo, members.sigFrom, uuidAt, members.tips);
    return new Event(Hash.of(body), machine, parents, body, layout);
  }
}
