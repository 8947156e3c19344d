package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Address;
import io.sennit.node.Repair;
import io.sennit.node.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a damaged directory whole again.
@Command(
    name = "repair",
    description =
        "Mends what a directory can mend by itself, fetches damaged events from peers, and verifies"
            + " again.")
final class RepairCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "D",
      required = true,
      description = "The machine's directory.")
  private Path dir;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      description = "A machine to fetch from, besides those in the address book. May be repeated.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--ticket",
      paramLabel = "TICKET",
      description = "What 'invite' printed: knows R and addresses of peers.")
  private @Nullable String ticket;

  @Option(
      names = "--new-key",
      description = "Go on as a new machine when the key is damaged or missing.")
  private boolean newKey;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Give up when nothing came for so long. Default: ${DEFAULT-VALUE}.")
  private int patienceSeconds;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  RepairCommand() {}

  @Override
  public Integer call() {
    VerifyCommand.requireFree(dir, "repair");
    var options =
        new Repair.Options(
            peers.stream().map(Address::parse).toList(),
            Optional.ofNullable(ticket).map(Ticket::parse),
            newKey,
            Duration.ofSeconds(patienceSeconds));
    var outcome = Repair.run(dir, options, this::say);
    var remaining = outcome.remaining();
    if (output.json()) {
      remaining.forEach(finding -> output.line(VerifyCommand.json(finding)));
      var said = new LinkedHashMap<String, Object>();
      said.put("events", outcome.events());
      said.put("done", outcome.done());
      said.put("remaining", remaining.size());
      said.put("digest", String.valueOf(outcome.digest()));
      output.line(Json.text(said));
    } else {
      remaining.forEach(finding -> output.line("still damaged: " + finding));
      output.line(
          remaining.isEmpty()
              ? "%d events, all is well; digest %s".formatted(outcome.events(), outcome.digest())
              : "%d findings remain; a peer that has these events, or a backup, can help"
                  .formatted(remaining.size()));
    }
    return remaining.isEmpty() ? 0 : SennitCommand.NO;
  }

  private void say(String what) {
    if (!output.json()) {
      output.line(what);
    }
  }
}
