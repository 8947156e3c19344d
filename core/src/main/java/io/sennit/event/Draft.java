package io.sennit.event;

import java.util.List;

/// What an application wants to say: its properties in canonical form, before they have a place in
/// the DAG.
///
/// Making a draft does everything that does not depend on the DAG, so any thread may do it;
/// finishing it puts the system members in their sorted places and hashes the result. A draft that
/// was made can always be finished.
public final class Draft {
  /// What became of an application's JSON.
  public sealed interface Drafting {
    /// Ready to be given a place.
    record Drafted(Draft draft) implements Drafting {}

    /// The application has to change something.
    record Refused(Rejection rejection) implements Drafting {}
  }

  private final DraftBytes bytes;

  private Draft(DraftBytes bytes) {
    this.bytes = bytes;
  }

  /// Takes any JSON object that keeps the rules of the format.
  ///
  /// @param json UTF-8
  /// @param time RFC 3339, UTC, milliseconds; used when the application says none
  public static Drafting of(byte[] json, String time) {
    return DraftReader.read(json, time);
  }

  /// The draft of an object's sorted members.
  static Drafting of(OpenObject members, CanonicalText text) {
    var draft = new Draft(new DraftBytes(members, text));
    return draft.sizeBytes() > Limits.EVENT_SIZE_BYTES_MAX
        ? new Drafting.Refused(EventScan.tooLarge(draft.sizeBytes()))
        : new Drafting.Drafted(draft);
  }

  /// Bytes of the event it becomes, measured as the limit measures: system members in their largest
  /// form.
  public int sizeBytes() {
    return bytes.sizeBytes();
  }

  /// The object in canonical form, as the application said it, with its time: [#of] makes the same
  /// draft of it.
  public byte[] toJson() {
    return bytes.toJson();
  }

  /// The event without a seal.
  ///
  /// @param parents ascending, unique, not empty
  /// @param tips how many tips the creator held, or 0 when `parents` names them all
  public Event finish(MachineId machine, List<EventId> parents, long tips) {
    check(parents, tips);
    return bytes.event(machine, parents, tips);
  }

  /// The event with its seal, which ends a run.
  ///
  /// @param parents ascending, unique, not empty
  /// @param tips how many tips the creator held, or 0 when `parents` names them all
  public Event finishSealed(Signer signer, List<EventId> parents, long tips) {
    check(parents, tips);
    return bytes.sealedEvent(signer, parents, tips);
  }

  private static void check(List<EventId> parents, long tips) {
    if (parents.isEmpty() || parents.size() > Limits.PARENTS_MAX) {
      throw new IllegalArgumentException(
          "an event has 1 to " + Limits.PARENTS_MAX + " parents, not " + parents.size());
    }
    for (int i = 1; i < parents.size(); i++) {
      if (parents.get(i - 1).compareTo(parents.get(i)) >= 0) {
        throw new IllegalArgumentException("parents ascend and are unique: " + parents.get(i));
      }
    }
    if (tips != 0 && (tips <= parents.size() || tips > DraftBytes.TIPS_MAX)) {
      throw new IllegalArgumentException(
          tips + " tips and " + parents.size() + " parents: tips are more than parents, or 0");
    }
  }
}
