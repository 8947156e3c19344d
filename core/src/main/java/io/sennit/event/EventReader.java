package io.sennit.event;

/// Reads events from bytes that somebody else made.
public final class EventReader {
  /// What became of the bytes.
  public sealed interface Reading {
    /// A well-formed event. Whether it may join depends on its ancestors and its seal.
    record Read(Event event) implements Reading {}

    /// Bytes that no machine will ever take for an event.
    record Refused(Rejection rejection) implements Reading {}
  }

  /// The parents with commas between them, which the size limit does not count.
  private static final int PARENTS_SIZE_BYTES_MAX = Limits.PARENTS_MAX * 67 - 1;

  /// The member `"uuid":"…",` with its comma.
  private static final int UUID_SIZE_BYTES = 7 + 66 + 1;

  private EventReader() {}

  /// Reads the canonical bytes of an event without `uuid`: one pass that checks the canonical form,
  /// finds the system members and builds no tree.
  ///
  /// The event keeps the array: nobody may write to it afterwards.
  public static Reading read(byte[] body) {
    if (body.length > Limits.EVENT_SIZE_BYTES_MAX + PARENTS_SIZE_BYTES_MAX) {
      return new Reading.Refused(EventScan.tooLarge(body.length));
    }
    var scan = new EventScan(body);
    var fault = scan.fault();
    if (fault != null) {
      return new Reading.Refused(fault);
    }
    if (scan.hasUuid()) {
      return refuse(
          Reason.MALFORMED_MEMBER, "member uuid: it is not part of the bytes that are hashed");
    }
    return new Reading.Read(scan.event());
  }

  /// Reads a whole event: canonical, `uuid` included and equal to the hash of the rest.
  public static Reading readWhole(byte[] json) {
    if (json.length > Limits.EVENT_SIZE_BYTES_MAX + PARENTS_SIZE_BYTES_MAX + UUID_SIZE_BYTES) {
      return new Reading.Refused(EventScan.tooLarge(json.length));
    }
    var scan = new EventScan(json);
    var fault = scan.fault();
    if (fault != null) {
      return new Reading.Refused(fault);
    }
    if (!scan.hasUuid()) {
      return refuse(Reason.MALFORMED_MEMBER, "member uuid: it is missing");
    }
    var event = scan.eventWithoutUuid();
    return event.id().equals(scan.uuid())
        ? new Reading.Read(event)
        : refuse(Reason.WRONG_UUID, "member uuid: the hash of the rest is " + event.id());
  }

  private static Reading refuse(Reason reason, String detail) {
    return new Reading.Refused(new Rejection(reason, detail));
  }
}
