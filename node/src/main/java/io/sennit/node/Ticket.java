package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Root;
import java.util.List;

/// What a new machine needs to enter a federation: R itself, who invites, and where it listens.
///
/// Its text is one word: `sennit1-` and base64url of a JSON object.
public record Ticket(Root root, MachineId inviter, List<Address> addresses) {
  /// Copies the list.
  public Ticket {
    addresses = List.copyOf(addresses);
  }

  /// Reads a ticket's text and checks R, seal included.
  ///
  /// @throws SennitException in words, when the text is no ticket
  public static Ticket parse(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toString() {
    throw new UnsupportedOperationException();
  }
}
