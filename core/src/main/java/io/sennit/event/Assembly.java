package io.sennit.event;

import java.util.Arrays;
import java.util.List;

/// One event on its way from its parts to its bytes.
final class Assembly {
  private static final byte[] MACHINE = CanonicalText.ofAscii("\"machine\":\"");
  private static final byte[] PARENTS = CanonicalText.ofAscii("\"parents\":[");
  private static final byte[] SIG = CanonicalText.ofAscii("\"sig\":\"");
  private static final byte[] TIPS = CanonicalText.ofAscii("\"tips\":");

  /// The length of `"machine":"…",`.
  static final int MACHINE_MEMBER_LENGTH = MACHINE.length + MachineId.TEXT_LENGTH + 2;

  /// The length of `"parents":[],`.
  static final int EMPTY_PARENTS_MEMBER_LENGTH = PARENTS.length + 2;

  /// The length of `"tips":9007199254740991,`.
  static final int TIPS_MEMBER_LENGTH_MAX = TIPS.length + 16 + 1;

  /// A parent in its quotes, and the comma or bracket after it.
  private static final int PARENT_LENGTH = EventId.TEXT_LENGTH + 3;

  private final MachineId machine;
  private final List<EventId> parents;
  private final long tips;
  private final byte[] body;
  private int at;
  private int parentsFrom;
  private int parentsTo;
  private int sigFrom = -1;
  private int uuidAt;

  /// @param membersLength bytes of the application's members, each with a comma
  Assembly(MachineId machine, List<EventId> parents, long tips, boolean sealed, int membersLength) {
    this.machine = machine;
    this.parents = parents;
    this.tips = tips;
    body =
        new byte
            [1
                + membersLength
                + MACHINE_MEMBER_LENGTH
                + (PARENTS.length + parents.size() * PARENT_LENGTH + 1)
                + (sealed ? Event.SIG_MEMBER_LENGTH : 0)
                + (tips == 0 ? 0 : TIPS.length + digits(tips) + 1)];
    body[at++] = '{';
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /// The application's members between two offsets.
  Assembly members(byte[] members, int from, int to) {
    System.arraycopy(members, from, body, at, to - from);
    at += to - from;
    return this;
  }

  private void put(byte[] part) {
    System.arraycopy(part, 0, body, at, part.length);
    at += part.length;
  }

  Assembly machine() {
    put(MACHINE);
    at = Base64Url.write(machine.toBytes(), body, at);
    body[at++] = '"';
    body[at++] = ',';
    return this;
  }

  Assembly parents() {
    put(PARENTS);
    parentsFrom = at - 1;
    for (int i = 0; i < parents.size(); i++) {
      body[at++] = '"';
      at = Hex.write(parents.get(i), body, at);
      body[at++] = '"';
      body[at++] = ',';
    }
    body[at - 1] = ']';
    parentsTo = at;
    body[at++] = ',';
    return this;
  }

  /// Leaves room for the seal.
  Assembly sig() {
    sigFrom = at;
    at += Event.SIG_MEMBER_LENGTH;
    return this;
  }

  Assembly tips() {
    if (tips != 0) {
      put(TIPS);
      at += digits(tips);
      int digitAt = at;
      for (long rest = tips; rest > 0; rest /= 10) {
        body[--digitAt] = (byte) ('0' + rest % 10);
      }
      body[at++] = ',';
    }
    return this;
  }

  /// Notes where `uuid` will stand.
  Assembly uuid() {
    uuidAt = at;
    return this;
  }

  /// The last comma becomes the closing brace.
  Event event() {
    int end = body.length - 1;
    body[end] = '}';
    var layout = new Event.Layout(parentsFrom, parentsTo, sigFrom, Math.min(uuidAt, end), tips);
    return new Event(Hash.of(body), machine, parents, body, layout);
  }

  /// Fills the room that [#sig()] left.
  Event sealedEvent(Signer signer) {
    body[body.length - 1] = '}';
    int to = sigFrom + Event.SIG_MEMBER_LENGTH;
    var signed = Arrays.copyOf(body, body.length - Event.SIG_MEMBER_LENGTH);
    System.arraycopy(body, to, signed, sigFrom, body.length - to);
    at = sigFrom;
    put(SIG);
    at = Base64Url.write(seal(signer, signed), body, at);
    body[at++] = '"';
    body[at] = ',';
    return event();
  }

  /// The signer's 64 bytes.
  static byte[] seal(Signer signer, byte[] signed) {
    var seal = signer.sign(signed);
    if (seal.length != Event.SIG_SIZE_BYTES) {
      throw new IllegalStateException("a signer gave a seal of " + seal.length + " bytes");
    }
    return seal;
  }
}
