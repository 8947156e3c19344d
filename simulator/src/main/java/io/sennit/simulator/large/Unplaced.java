package io.sennit.simulator.large;

import io.sennit.overlay.Contact;
import io.sennit.overlay.OverlayMessage;
import java.util.List;
import java.util.function.IntFunction;

/// What overlays say, but for where anybody stands. Machines that hear nothing else measure their
/// own links and cannot look for near ones, so all of their links are random.
final class Unplaced {
  /// By number, each machine as it was before it measured anything.
  private final IntFunction<Contact> before;

  Unplaced(IntFunction<Contact> before) {
    this.before = before;
  }

  OverlayMessage of(OverlayMessage message) {
    return switch (message) {
      case OverlayMessage.Join(var self) -> new OverlayMessage.Join(of(self));
      case OverlayMessage.Walk(var joiner, var steps) -> new OverlayMessage.Walk(of(joiner), steps);
      case OverlayMessage.Neighbour(var self, var kind, var urgent) ->
          new OverlayMessage.Neighbour(of(self), kind, urgent);
      case OverlayMessage.Welcome(var self, var kind) -> new OverlayMessage.Welcome(of(self), kind);
      case OverlayMessage.Decline(var contacts) -> new OverlayMessage.Decline(of(contacts));
      case OverlayMessage.Leave(var contacts) -> new OverlayMessage.Leave(of(contacts));
      case OverlayMessage.Shuffle(var origin, var steps, var contacts) ->
          new OverlayMessage.Shuffle(of(origin), steps, of(contacts));
      case OverlayMessage.Shuffled(var contacts) -> new OverlayMessage.Shuffled(of(contacts));
      case OverlayMessage.Ping _,
          OverlayMessage.Pong _,
          OverlayMessage.Beacon _,
          OverlayMessage.Parent _,
          OverlayMessage.Renew _,
          OverlayMessage.Announce _,
          OverlayMessage.Pull _ ->
          message;
    };
  }

  private List<Contact> of(List<Contact> contacts) {
    return contacts.stream().map(this::of).toList();
  }

  private Contact of(Contact contact) {
    return before.apply((int) contact.machine().d());
  }
}
