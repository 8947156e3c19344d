package io.sennit.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// What the log says of peers: who came, who went and why, and what went wrong, without saying the
/// same again and again.
final class PeerLog {
  private static final Logger LOG = System.getLogger(PeerLog.class.getName());

  private final Repeats repeats = new Repeats(System::nanoTime);

  void up(Link link) {
    LOG.log(
        Level.INFO,
        "a peer is up: {0} {1} {2}",
        new Field("peer", link.machine()),
        new Field("address", link.address()),
        new Field("dialled", link.dialled()));
  }

  void down(Link link, String why) {
    LOG.log(
        Level.INFO,
        "a peer is down: {0} {1} {2}",
        new Field("peer", link.machine()),
        new Field("address", link.address()),
        new Field("reason", why));
  }

  /// We do not want this link.
  ///
  /// @param fault whether something is wrong; a second link to the same machine is not
  void refused(Link link, String why, boolean fault) {
    complain(fault ? Level.WARNING : Level.DEBUG, "a peer was refused", link, why);
  }

  /// The peer does not want this link.
  void refusedBy(Link link, String why) {
    complain(Level.WARNING, "a peer refuses", link, why);
  }

  /// The peer said something that it must not say.
  void wrong(Link link, String what) {
    complain(Level.WARNING, "a peer misbehaves", link, what);
  }

  private void complain(Level level, String what, Link link, String why) {
    var heldBack = repeats.ask(what + link.machine() + why);
    if (heldBack.isPresent()) {
      LOG.log(
          level,
          what + ": {0} {1} {2} {3}",
          new Field("peer", link.machine()),
          new Field("address", link.address()),
          new Field("reason", why),
          new Field("heldBack", heldBack.getAsLong()));
    }
  }

  /// Nobody answers at an address that is kept connected.
  void unreachable(Address address, String why) {
    var heldBack = repeats.ask("unreachable" + address + why);
    if (heldBack.isPresent()) {
      LOG.log(
          Level.INFO,
          "a peer does not answer; it is tried again and again: {0} {1} {2}",
          new Field("address", address),
          new Field("reason", why),
          new Field("heldBack", heldBack.getAsLong()));
    }
  }

  /// Somebody dialled and did not get through the handshake.
  void stranger(String address, String why) {
    var host = address.replaceFirst(":[0-9]+$", "");
    var heldBack = repeats.ask("stranger" + host);
    if (heldBack.isPresent()) {
      LOG.log(
          Level.INFO,
          "a stranger did not get through the handshake: {0} {1} {2}",
          new Field("address", address),
          new Field("reason", why),
          new Field("heldBack", heldBack.getAsLong()));
    }
  }
}
