package io.sennit.event;

import java.util.List;

/// What an application wants to say: its properties in canonical form, before they have a place in
/// the DAG.
///
/// Making a draft does everything that does not depend on the DAG, so any thread may do it;
/// finishing it puts the system members in their sorted places and hashes the result.
public final class Draft {
  /// What became of an application's JSON.
  public sealed interface Drafting {
    /// Ready to be given a place.
    record Drafted(Draft draft) implements Drafting {}

    /// The application has to change something.
    record Refused(Rejection rejection) implements Drafting {}
  }

  private Draft() {}

  /// Takes any JSON object that keeps the rules of the format.
  ///
  /// @param json UTF-8
  /// @param time RFC 3339, UTC, milliseconds; used when the application says none
  public static Drafting of(byte[] json, String time) {
    throw new UnsupportedOperationException();
  }

  /// Bytes of the event it becomes, measured as the limit measures: system members in their largest
  /// form.
  public int sizeBytes() {
    throw new UnsupportedOperationException();
  }

  /// The event without a seal.
  ///
  /// @param parents ascending, unique, not empty
  /// @param tips how many tips the creator held, or 0 when `parents` names them all
  public Event finish(MachineId machine, List<EventId> parents, long tips) {
    throw new UnsupportedOperationException();
  }

  /// The event with its seal, which ends a run.
  public Event finishSealed(Signer signer, List<EventId> parents, long tips) {
    throw new UnsupportedOperationException();
  }
}
