package io.sennit.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An immutable, self-contained statement: canonical JSON, its uuid, and what the system reads of
/// it.
///
/// The bytes kept are those that are hashed, so without `uuid`. Two events are equal when their ids
/// are. Only [EventReader] and [Draft] make events, so every event is well formed.
public final class Event {
  private final EventId id;
  private final MachineId machine;
  private final List<EventId> parents;
  private final byte[] body;
  private final Layout layout;

  /// Remembered, because asking is dear. It is always the same, so threads may race for it.
  private volatile @Nullable Verdict verdict;

  private record Verdict(Seals seals, boolean valid) {}

  /// Where the system members stand in the body.
  ///
  /// @param parentsFrom offset of the `[` of the parents
  /// @param parentsTo offset after their `]`
  /// @param sigFrom offset of the first byte of the member `"sig":"…",` with its comma, or -1
  /// @param uuidAt offset at which the member `uuid` is inserted to make the whole event
  /// @param tips value of `tips`, or 0 when absent
  record Layout(int parentsFrom, int parentsTo, int sigFrom, int uuidAt, long tips) {}

  /// Raw size of a seal.
  static final int SIG_SIZE_BYTES = 64;

  /// Size of a seal's text, in characters.
  static final int SIG_TEXT_LENGTH = 86;

  /// The length of `"sig":"<86 characters>",`. `time` always follows, so the comma does too.
  static final int SIG_MEMBER_LENGTH = 6 + SIG_TEXT_LENGTH + 2 + 1;

  Event(EventId id, MachineId machine, List<EventId> parents, byte[] body, Layout layout) {
    this.id = id;
    this.machine = machine;
    this.parents = List.copyOf(parents);
    this.body = body;
    this.layout = layout;
  }

  /// The SHA-256 of [#body()].
  public EventId id() {
    return id;
  }

  /// The creator.
  public MachineId machine() {
    return machine;
  }

  /// Ascending and unique; empty only in the root.
  public List<EventId> parents() {
    return parents;
  }

  /// Whether it carries `sig`, and so ends its run.
  public boolean sealed() {
    return layout.sigFrom >= 0;
  }

  /// How many tips its creator held when it could not name them all; 0 when it named them all.
  public long tips() {
    return layout.tips;
  }

  /// The canonical bytes that are hashed: the event without `uuid`. Shared: do not write to them.
  public byte[] body() {
    return body;
  }

  /// Offset in the body of the `[` that opens the parents.
  public int parentsFrom() {
    return layout.parentsFrom;
  }

  /// Offset in the body after the `]` that closes the parents.
  public int parentsTo() {
    return layout.parentsTo;
  }

  /// The 64 bytes of the signature.
  ///
  /// @throws IllegalStateException when the event has none
  public byte[] seal() {
    requireSealed();
    var seal = new byte[SIG_SIZE_BYTES];
    if (!Base64Url.read(body, layout.sigFrom + 7, seal)) {
      throw new IllegalStateException("event " + id + " was made with a malformed seal");
    }
    return seal;
  }

  /// What the seal vouches for: the canonical bytes without `uuid` and `sig`.
  ///
  /// @throws IllegalStateException when the event has no seal
  public byte[] signedBytes() {
    requireSealed();
    var signed = new byte[body.length - SIG_MEMBER_LENGTH];
    System.arraycopy(body, 0, signed, 0, layout.sigFrom);
    System.arraycopy(
        body,
        layout.sigFrom + SIG_MEMBER_LENGTH,
        signed,
        layout.sigFrom,
        signed.length - layout.sigFrom);
    return signed;
  }

  /// Whether the seal is its machine's. Asked twice of the same [Seals], it is checked once.
  ///
  /// @throws IllegalStateException when the event has no seal
  public boolean sealedBy(Seals seals) {
    var before = verdict;
    if (before != null && before.seals.equals(seals)) {
      return before.valid;
    }
    boolean valid = seals.valid(machine, signedBytes(), seal());
    verdict = new Verdict(seals, valid);
    return valid;
  }

  private void requireSealed() {
    if (!sealed()) {
      throw new IllegalStateException("event " + id + " carries no seal");
    }
  }

  /// The whole event in canonical form, `uuid` included: what users read.
  public byte[] toJson() {
    return EventText.withUuid(body, layout.uuidAt, id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event event && event.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /// The whole event as text.
  @Override
  public String toString() {
    return new String(toJson(), StandardCharsets.UTF_8);
  }
}
