package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Sennit;
import io.sennit.node.Ticket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Enters a federation.
@Command(name = "join", description = "Enters a federation by a ticket; works offline.")
final class JoinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TICKET", description = "What 'invite' printed.")
  private String ticket;

  @Option(names = "--dir", paramLabel = "D", required = true, description = "A new directory.")
  private Path dir;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  JoinCommand() {}

  @Override
  public Integer call() {
    var root = Sennit.join(dir, Ticket.parse(ticket));
    String machine;
    try (var sennit = Sennit.open(dir)) {
      machine = sennit.status().machine().toString();
    }
    var said = new LinkedHashMap<String, Object>();
    said.put("root", root.id().toString());
    said.put("machine", machine);
    said.put("dir", dir.toString());
    if (output.json()) {
      output.line(Json.text(said));
    } else {
      output.line("Joined the federation of root " + root.id() + " in " + dir + ".");
      output.line("  machine  " + machine);
      output.line(
          "Next: sennit run --dir " + dir + " --http 127.0.0.1:7411 --listen 127.0.0.1:7410");
    }
    return 0;
  }
}
