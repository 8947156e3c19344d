package io.sennit.event;

import java.util.List;

/// An event's bytes but for the system members: the application's members in canonical order, and
/// the offsets at which the system's are inserted.
///
/// Every member, of either kind, is written with the comma that follows it; the last comma then
/// becomes the closing brace.
final class DraftBytes {
  /// The greatest integer that the format allows.
  static final long TIPS_MAX = (1L << 53) - 1;

  private final byte[] members;
  private final int machineAt;
  private final int parentsAt;
  private final int sigAt;
  private final int tipsAt;
  private final int uuidAt;

  /// @param members sorted
  /// @param text their bytes
  DraftBytes(OpenObject members, CanonicalText text) {
    this.members = text.toBytes();
    machineAt = members.place("machine");
    parentsAt = members.place("parents");
    sigAt = members.place("sig");
    tipsAt = members.place("tips");
    uuidAt = members.place("uuid");
  }

  /// With the system members in their largest form.
  int sizeBytes() {
    return 1
        + members.length
        + Assembly.MACHINE_MEMBER_LENGTH
        + Assembly.EMPTY_PARENTS_MEMBER_LENGTH
        + Event.SIG_MEMBER_LENGTH
        + Assembly.TIPS_MEMBER_LENGTH_MAX;
  }

  byte[] toJson() {
    var json = new byte[members.length + 1];
    json[0] = '{';
    System.arraycopy(members, 0, json, 1, members.length);
    json[members.length] = '}';
    return json;
  }

  Event event(MachineId machine, List<EventId> parents, long tips) {
    var event = new Assembly(machine, parents, tips, false, members.length);
    toSig(event).members(members, sigAt, tipsAt);
    return fromTips(event).event();
  }

  Event sealedEvent(Signer signer, List<EventId> parents, long tips) {
    var event = new Assembly(signer.machine(), parents, tips, true, members.length);
    toSig(event).sig().members(members, sigAt, tipsAt);
    return fromTips(event).sealedEvent(signer);
  }

  private Assembly toSig(Assembly event) {
    return event
        .members(members, 0, machineAt)
        .machine()
        .members(members, machineAt, parentsAt)
        .parents()
        .members(members, parentsAt, sigAt);
  }

  private Assembly fromTips(Assembly event) {
    return event
        .tips()
        .members(members, tipsAt, uuidAt)
        .uuid()
        .members(members, uuidAt, members.length);
  }
}
