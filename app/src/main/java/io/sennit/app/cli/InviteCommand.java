package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import io.sennit.node.Ticket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a ticket.
@Command(name = "invite", description = "Prints a ticket with which another machine joins.")
final class InviteCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "D",
      required = true,
      description = "This machine's directory.")
  private Path dir;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      description = "Where the new machine finds a member; the daemon's own address when left out.")
  private List<String> peers = new ArrayList<>();

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  InviteCommand() {}

  @Override
  public Integer call() {
    var addresses = peers.stream().map(Address::parse).toList();
    var daemon = Place.daemon(dir);
    Ticket ticket;
    if (daemon.isPresent()) {
      ticket = ticket(daemon.get(), addresses);
    } else {
      try (var sennit = Sennit.open(dir)) {
        ticket = sennit.invite(addresses);
      }
    }
    if (ticket.addresses().isEmpty()) {
      output.note(
          "sennit: the ticket names no address; add --peer HOST:PORT, or give one to 'run' later");
    }
    output.line(output.json() ? Json.text(Map.of("ticket", ticket.toString())) : ticket.toString());
    return 0;
  }

  private static Ticket ticket(Door daemon, List<Address> addresses) {
    var status = Json.read(daemon.status());
    var root = daemon.find(Json.string(status, "root")).orElseThrow().event();
    var advertised = Json.strings(status, "advertised").stream().map(Address::parse).toList();
    var named = addresses.isEmpty() ? advertised : addresses;
    return Ticket.of(root.getBytes(StandardCharsets.UTF_8), Json.string(status, "machine"), named);
  }
}
