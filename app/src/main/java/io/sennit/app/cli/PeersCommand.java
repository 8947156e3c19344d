package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.app.view.Printed;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the peers.
@Command(name = "peers", description = "Prints the peers, each with its state in one word.")
final class PeersCommand implements Callable<Integer> {
  @Mixin private Place place;
  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  PeersCommand() {}

  @Override
  public Integer call() {
    try (var door = place.open()) {
      var status = Json.read(door.status());
      if (output.json()) {
        Json.objects(status, "peers").forEach(peer -> output.line(Json.text(peer)));
      } else {
        print(status, output);
      }
    }
    return 0;
  }

  static void print(Map<String, Object> status, Output output) {
    var peers = Json.objects(status, "peers");
    if (peers.isEmpty()) {
      output.line("peers       none");
    }
    for (var peer : peers) {
      var machine = Json.string(peer, "machine");
      output.line(
          "peer        "
              + Printed.safe(Json.string(peer, "address"), 60)
              + "  "
              + Json.string(peer, "state")
              + "  "
              + machine.substring(0, Math.min(10, machine.length()))
              + "  "
              + Printed.safe(Json.string(peer, "detail"), 120));
    }
  }
}
