package io.sennit.event;

import java.nio.charset.StandardCharsets;

/// Puts `uuid` into an event's bytes.
final class EventText {
  private EventText() {}

  /// The body with the member `uuid` inserted at `at`: directly after the `,` or `{` that precedes
  /// the first name greater than `uuid`, or before the closing `}`.
  static byte[] withUuid(byte[] body, int at, EventId id) {
    boolean last = body[at] == '}';
    var member =
        (last ? ",\"uuid\":\"" + id + '"' : "\"uuid\":\"" + id + "\",")
            .getBytes(StandardCharsets.US_ASCII);
    var whole = new byte[body.length + member.length];
    System.arraycopy(body, 0, whole, 0, at);
    System.arraycopy(member, 0, whole, at, member.length);
    System.arraycopy(body, at, whole, at + member.length, body.length - at);
    return whole;
  }
}
