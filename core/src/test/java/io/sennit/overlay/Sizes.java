package io.sennit.overlay;

import java.util.List;

/// How many bytes a message takes: what its codec needs, counted plainly.
final class Sizes {
  private static final int TAG = 1;
  private static final int COORDINATE = 12;
  private static final int CROWD = 32;

  private Sizes() {}

  static int of(OverlayMessage message) {
    return TAG
        + switch (message) {
          case OverlayMessage.Join(var self) -> of(self);
          case OverlayMessage.Walk(var joiner, int _) -> of(joiner) + 1;
          case OverlayMessage.Neighbour neighbour -> of(neighbour.self()) + 1;
          case OverlayMessage.Welcome welcome -> of(welcome.self()) + 1;
          case OverlayMessage.Decline(var contacts) -> of(contacts);
          case OverlayMessage.Leave(var contacts) -> of(contacts);
          case OverlayMessage.Shuffle shuffle -> of(shuffle.origin()) + 1 + of(shuffle.contacts());
          case OverlayMessage.Shuffled(var contacts) -> of(contacts);
          case OverlayMessage.Ping(long sent, var _, var crowd) ->
              varint(sent) + COORDINATE + varint(crowd.epoch()) + CROWD;
          case OverlayMessage.Pong(long echo, var _) -> varint(echo) + COORDINATE;
          case OverlayMessage.Beacon beacon ->
              1
                  + varint(beacon.term())
                  + 8
                  + varint(beacon.sequence())
                  + varint(beacon.labelMicros());
          case OverlayMessage.Parent _ -> 1;
          case OverlayMessage.Renew renew -> 1 + varint(renew.term()) + varint(renew.sequence());
          case OverlayMessage.Announce(long[] runs, boolean _) ->
              1 + varint(runs.length) + 8 * runs.length;
          case OverlayMessage.Pull(long[] runs) -> varint(runs.length) + 8 * runs.length;
        };
  }

  private static int of(List<Contact> contacts) {
    return 1 + contacts.stream().mapToInt(Sizes::of).sum();
  }

  private static int of(Contact contact) {
    return 32 + 1 + Math.max(18, contact.address().length()) + 1 + COORDINATE;
  }

  private static int varint(long value) {
    return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
  }
}
