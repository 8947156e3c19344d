package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Sennit;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Founds a federation.
@Command(
    name = "init",
    description = "Founds a federation: a fresh key and a root R in a new directory.")
final class InitCommand implements Callable<Integer> {
  @Option(names = "--dir", paramLabel = "D", required = true, description = "A new directory.")
  private Path dir;

  @Option(
      names = "--name",
      defaultValue = "sennit",
      description = "The federation's name, for people.")
  private String name;

  @ArgGroup private Membership membership = new Membership();

  private static final class Membership {
    @Option(
        names = "--open",
        description = "Whoever knows R and an address may take part (the default).")
    private boolean open;

    @Option(
        names = "--closed",
        description = "Members are named by an admin (not implemented yet).")
    private boolean closed;
  }

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  InitCommand() {}

  @Override
  public Integer call() {
    if (membership.closed) {
      throw new Door.RefusedException(
          409,
          "closed federations are not implemented yet: use --open, and keep the machines on a network you trust");
    }
    var root = Sennit.init(dir, name);
    var said = new LinkedHashMap<String, Object>();
    said.put("root", root.id().toString());
    said.put("machine", root.machine().toString());
    said.put("dir", dir.toString());
    if (output.json()) {
      output.line(Json.text(said));
    } else {
      output.line("Founded the federation '" + name + "' in " + dir + ".");
      output.line("  root     " + root.id());
      output.line("  machine  " + root.machine());
      output.line(
          (membership.open
                  ? "It is open"
                  : "It is open, as every federation is until membership exists")
              + ": whoever knows R and an address may take part.");
      output.line(
          "Next: sennit run --dir " + dir + " --http 127.0.0.1:7401 --listen 127.0.0.1:7400");
    }
    return 0;
  }
}
