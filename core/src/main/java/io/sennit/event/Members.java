package io.sennit.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system members of one event, taken down as the scan passes them.
///
/// A member that is not of its form is remembered and scanned on as any other value: faults of the
/// JSON text go first, wherever they stand.
final class Members {
  private static final byte[] MACHINE = "machine".getBytes(US_ASCII);
  private static final byte[] PARENTS = "parents".getBytes(US_ASCII);
  private static final byte[] SENNIT = "sennit".getBytes(US_ASCII);
  private static final byte[] SIG = "sig".getBytes(US_ASCII);
  private static final byte[] TIME = "time".getBytes(US_ASCII);
  private static final byte[] TIPS = "tips".getBytes(US_ASCII);
  private static final byte[] UUID = "uuid".getBytes(US_ASCII);

  /// A parent with its quotes.
  private static final int PARENT_LENGTH = EventId.TEXT_LENGTH + 2;

  private final Form form;
  private final Values values;

  @Nullable Rejection fault;
  @Nullable MachineId machine;
  @Nullable List<EventId> parents;
  int parentsFrom;
  int parentsTo;
  int sigFrom = -1;
  boolean sennit;
  boolean sennitIsObject;
  boolean time;
  long tips;

  /// Offset of the opening quote of the name `uuid`, or -1.
  int uuidFrom = -1;

  /// Offset after the value of `uuid`.
  int uuidTo;

  @Nullable EventId uuid;

  /// Offset of the opening quote of the first name greater than `uuid`, or -1.
  int afterUuid = -1;

  Members(Form form, Values values) {
    this.form = form;
    this.values = values;
  }

  /// Takes down the value at `at` of the member whose name stands between `from` and `to`; answers
  /// the offset after it.
  int value(int from, int to, int at) {
    switch (to - from) {
      case 3 -> {
        if (is(SIG, from, to)) {
          return sig(from - 1, at);
        }
      }
      case 4 -> {
        if (is(TIME, from, to)) {
          return time(at);
        }
        if (is(TIPS, from, to)) {
          return tips(at);
        }
        if (is(UUID, from, to)) {
          return uuid(from - 1, at);
        }
      }
      case 6 -> {
        if (is(SENNIT, from, to)) {
          sennit = true;
          sennitIsObject = form.peek(at) == '{';
        }
      }
      case 7 -> {
        if (is(MACHINE, from, to)) {
          return machine(at);
        }
        if (is(PARENTS, from, to)) {
          return parents(at);
        }
      }
      default -> {}
    }
    if (afterUuid < 0 && Arrays.compareUnsigned(form.bytes, from, to, UUID, 0, UUID.length) > 0) {
      afterUuid = from - 1;
    }
    return values.end(at);
  }

  private boolean is(byte[] name, int from, int to) {
    return form.bytes[from] == name[0] && Arrays.equals(form.bytes, from, to, name, 0, name.length);
  }

  private int machine(int at) {
    if (isQuoted(at, MachineId.TEXT_LENGTH)) {
      var raw = new byte[MachineId.SIZE_BYTES];
      if (Base64Url.read(form.bytes, at + 1, raw)) {
        machine = MachineId.of(raw, 0);
        return at + MachineId.TEXT_LENGTH + 2;
      }
    }
    return malformed("machine", "43 characters of base64url, unused bits zero", at);
  }

  private int sig(int nameFrom, int at) {
    sigFrom = nameFrom;
    if (isQuoted(at, Event.SIG_TEXT_LENGTH)
        && Base64Url.read(form.bytes, at + 1, new byte[Event.SIG_SIZE_BYTES])) {
      return at + Event.SIG_TEXT_LENGTH + 2;
    }
    return malformed("sig", "86 characters of base64url, unused bits zero", at);
  }

  private int time(int at) {
    time = true;
    return form.peek(at) == '"' ? values.end(at) : malformed("time", "a string", at);
  }

  private int tips(int at) {
    int end = values.end(at);
    if (end < 0) {
      return end;
    }
    long value = 0;
    for (int i = at; i < end; i++) {
      int digit = form.bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return malformed("tips", "an integer in digits", at);
      }
      value = value * 10 + digit;
    }
    if (parents != null && value <= parents.size()) {
      return malformed("tips", "greater than the number of parents", at);
    }
    tips = value;
    return end;
  }

  private int uuid(int nameFrom, int at) {
    uuidFrom = nameFrom;
    if (isQuoted(at, EventId.TEXT_LENGTH)) {
      uuid = Hex.read(form.bytes, at + 1);
      if (uuid != null) {
        uuidTo = at + EventId.TEXT_LENGTH + 2;
        return uuidTo;
      }
    }
    return malformed("uuid", "64 lowercase hexadecimal digits", at);
  }

  private int parents(int from) {
    parentsFrom = from;
    int at = from + 1;
    if (form.peek(from) != '[') {
      return notParents(from);
    }
    if (form.peek(at) == ']') {
      parents = List.of();
      parentsTo = at + 1;
      return parentsTo;
    }
    var first = parent(at);
    if (first != null && form.peek(at + PARENT_LENGTH) == ']') {
      parents = List.of(first);
      parentsTo = at + PARENT_LENGTH + 1;
      return parentsTo;
    }
    var ids = new ArrayList<EventId>();
    boolean sorted = true;
    for (var id = first; id != null; id = parent(at)) {
      sorted &= ids.isEmpty() || ids.getLast().compareTo(id) < 0;
      ids.add(id);
      at += PARENT_LENGTH;
      if (form.peek(at) != ',') {
        break;
      }
      at++;
    }
    if (form.peek(at) != ']' || ids.isEmpty() || form.peek(at - 1) == ',') {
      return notParents(from);
    }
    parents = List.copyOf(ids);
    parentsTo = at + 1;
    if (ids.size() > Limits.PARENTS_MAX) {
      note(
          Reason.TOO_MANY_PARENTS,
          "parents",
          ids.size() + " of them, and at most " + Limits.PARENTS_MAX + " are allowed");
    } else if (!sorted) {
      note(Reason.PARENTS_NOT_SORTED, "parents", "they ascend, and each stands there once");
    }
    return parentsTo;
  }

  private @Nullable EventId parent(int at) {
    return isQuoted(at, EventId.TEXT_LENGTH) ? Hex.read(form.bytes, at + 1) : null;
  }

  private int notParents(int from) {
    return malformed("parents", "an array of uuids, each 64 lowercase hexadecimal digits", from);
  }

  private boolean isQuoted(int at, int length) {
    return form.peek(at) == '"' && form.peek(at + length + 1) == '"';
  }

  private int malformed(String name, String wanted, int at) {
    note(Reason.MALFORMED_MEMBER, name, "it has to be " + wanted);
    return values.end(at);
  }

  private void note(Reason reason, String name, String advice) {
    if (fault == null) {
      fault = new Rejection(reason, "member " + name + ": " + advice);
    }
  }
}
