package io.sennit.simulator.large;

import io.sennit.overlay.Contact;
import io.sennit.overlay.OverlayMessage;
import java.util.List;

/// Bytes of frames: the length of four bytes, and what the message takes in the protocol.
final class FrameSizes {
  /// The length before each frame, and the kind of message.
  private static final int FRAME = 4;

  private static final int KIND = 1;

  /// Three numbers.
  private static final int COORDINATE = 12;

  /// A key, the length of an address and eighteen characters, the capacity, a coordinate.
  private static final int CONTACT = 32 + 1 + 18 + 1 + COORDINATE;

  /// Thirty-two registers.
  private static final int CROWD = 32;

  private static final int CLOCK = 7;
  private static final int RUN = 8;

  /// `Compare` and its answer when both hold the same: 49 and 2 bytes (`docs/protocol.md`).
  static final int COMPARE = FRAME + 49;

  static final int SAME = FRAME + 2;

  /// The answer when they do not: a snapshot with one rung of a ladder.
  static final int DIFFERENT = FRAME + 128;

  /// What frames are about. The last two are payloads and reconciliation.
  static final List<String> KINDS =
      List.of(
          "join",
          "walk",
          "neighbour",
          "welcome",
          "decline",
          "leave",
          "shuffle",
          "shuffled",
          "ping",
          "pong",
          "beacon",
          "parent",
          "renew",
          "announce",
          "pull",
          "payload",
          "comparison");

  static final int PAYLOAD = KINDS.size() - 2;
  static final int COMPARISON = KINDS.size() - 1;

  private FrameSizes() {}

  /// Its place in [#KINDS].
  static int kind(OverlayMessage message) {
    return switch (message) {
      case OverlayMessage.Join _ -> 0;
      case OverlayMessage.Walk _ -> 1;
      case OverlayMessage.Neighbour _ -> 2;
      case OverlayMessage.Welcome _ -> 3;
      case OverlayMessage.Decline _ -> 4;
      case OverlayMessage.Leave _ -> 5;
      case OverlayMessage.Shuffle _ -> 6;
      case OverlayMessage.Shuffled _ -> 7;
      case OverlayMessage.Ping _ -> 8;
      case OverlayMessage.Pong _ -> 9;
      case OverlayMessage.Beacon _ -> 10;
      case OverlayMessage.Parent _ -> 11;
      case OverlayMessage.Renew _ -> 12;
      case OverlayMessage.Announce _ -> 13;
      case OverlayMessage.Pull _ -> 14;
    };
  }

  /// A payload with its route.
  ///
  /// @param parents references of one byte each
  static int give(int payloadBytes, int parents) {
    return FRAME + KIND + 2 + payloadBytes + parents;
  }

  static int of(OverlayMessage message) {
    return FRAME
        + KIND
        + switch (message) {
          case OverlayMessage.Join _ -> CONTACT;
          case OverlayMessage.Walk _ -> CONTACT + 1;
          case OverlayMessage.Neighbour _ -> CONTACT + 2;
          case OverlayMessage.Welcome _ -> CONTACT + 1;
          case OverlayMessage.Decline(var contacts) -> size(contacts);
          case OverlayMessage.Leave(var contacts) -> size(contacts);
          case OverlayMessage.Shuffle(_, _, var contacts) -> CONTACT + 1 + size(contacts);
          case OverlayMessage.Shuffled(var contacts) -> size(contacts);
          case OverlayMessage.Ping(_, _, var crowd) ->
              CLOCK + COORDINATE + varint(crowd.epoch()) + CROWD;
          case OverlayMessage.Pong _ -> CLOCK + COORDINATE;
          case OverlayMessage.Beacon(_, var term, _, var sequence, var label, _) ->
              1 + varint(term) + 8 + varint(sequence) + varint(label);
          case OverlayMessage.Parent _ -> 2;
          case OverlayMessage.Renew(_, var term, var sequence) ->
              1 + varint(term) + varint(sequence);
          case OverlayMessage.Announce(var runs, _) -> 1 + varint(runs.length) + RUN * runs.length;
          case OverlayMessage.Pull(var runs) -> varint(runs.length) + RUN * runs.length;
        };
  }

  private static int size(List<Contact> contacts) {
    return 1 + CONTACT * contacts.size();
  }

  private static int varint(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }
}
