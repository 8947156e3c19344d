package io.sennit.simulator;

import io.sennit.machine.Input;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;

/// A connection between two sites: bytes arrive in order, after a delay, until it is cut.
public final class Link {
  private final World world;
  private final Site a;
  private final Site b;
  private final int peerAtA;
  private final int peerAtB;
  private final MessageCodec codecOfA = new MessageCodec();
  private final MessageCodec codecOfB = new MessageCodec();
  private boolean up = true;
  private long lastArrivalAtA;
  private long lastArrivalAtB;

  Link(World world, Site a, Site b) {
    this.world = world;
    this.a = a;
    this.b = b;
    this.peerAtA = a.linked(this);
    this.peerAtB = b.linked(this);
  }

  void open() {
    a.handle(new Input.PeerUp(peerAtA, b.signer().machine()));
    if (up) {
      b.handle(new Input.PeerUp(peerAtB, a.signer().machine()));
    }
  }

  void send(Site from, int peer, Message message) {
    boolean fromA = from == a && peer == peerAtA;
    var to = fromA ? b : a;
    int peerThere = fromA ? peerAtB : peerAtA;
    var bytes = (fromA ? codecOfA : codecOfB).encode(message);
    world.trace(bytes);
    long arrival = world.nowNanos() + world.latencyNanos();
    if (fromA) {
      lastArrivalAtB = Math.max(arrival, lastArrivalAtB);
      arrival = lastArrivalAtB;
    } else {
      lastArrivalAtA = Math.max(arrival, lastArrivalAtA);
      arrival = lastArrivalAtA;
    }
    world.at(arrival, () -> deliver(from, peer, to, peerThere, message, bytes));
  }

  private void deliver(Site from, int peer, Site to, int peerThere, Message message, byte[] bytes) {
    if (!up) {
      return;
    }
    if (message instanceof Message.Give) {
      from.handle(new Input.Drained(peer));
    }
    switch ((to == a && peerThere == peerAtA ? codecOfA : codecOfB).decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var decoded) -> {
        if (up) {
          to.handle(new Input.Received(peerThere, decoded));
        }
      }
      case MessageCodec.Decoding.Refused(var why) ->
          throw new AssertionError("a message of ours does not decode: " + why);
    }
  }

  void cut() {
    if (up) {
      up = false;
      a.unlinked(peerAtA);
      b.unlinked(peerAtB);
      a.handle(new Input.PeerDown(peerAtA));
      b.handle(new Input.PeerDown(peerAtB));
    }
  }

  boolean connects(Site one, Site other) {
    return up && ((a == one && b == other) || (a == other && b == one));
  }
}
