package io.sennit.app.view;

import io.sennit.app.door.Json;
import io.sennit.node.Address;
import io.sennit.node.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes tickets from a directory that a daemon may hold.
public final class Invitation {
  private Invitation() {}

  /// A ticket from this machine.
  public static Ticket read(Path dir, List<Address> addresses) {
    try {
      var root = Files.readAllBytes(dir.resolve("root.json"));
      var machine = Json.read(Files.readString(dir.resolve("sennit.json")));
      return Ticket.of(root, Json.string(machine, "machine"), addresses);
    } catch (IOException e) {
      throw new UncheckedIOException(
          dir + " is no Sennit directory; make one with 'sennit init'", e);
    }
  }
}
