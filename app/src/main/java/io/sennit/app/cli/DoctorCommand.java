package io.sennit.app.cli;

import io.sennit.app.doctor.Computer;
import io.sennit.app.doctor.Directory;
import io.sennit.app.doctor.Machine;
import io.sennit.app.doctor.Neighbours;
import io.sennit.app.doctor.Sign;
import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.app.view.Printed;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import io.sennit.node.SennitException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says what is wrong with a set-up, and what to do.
@Command(
    name = "doctor",
    description = {
      "Says what is wrong with this set-up, and what to do; mends nothing.",
      "Without --dir and --url it looks at this computer only."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int LINE_LENGTH_MAX = 400;

  @Option(names = "--dir", paramLabel = "D", description = "The machine's directory.")
  private @Nullable Path dir;

  @Option(names = "--url", paramLabel = "URL", description = "A daemon: http://HOST:PORT.")
  private @Nullable URI url;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Is this address free for 'run --http'?")
  private @Nullable String http;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Is this address free for 'run --listen'?")
  private @Nullable String listen;

  @Mixin private Output output;
  @Spec private CommandSpec spec;

  private final List<Sign> signs = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() {
    add(Computer.look(spec.root().version()[0]));
    port("--http", http);
    port("--listen", listen);
    if (dir != null) {
      directory(dir);
    }
    if (url != null) {
      daemon(url);
    }
    long bad = signs.stream().filter(sign -> sign.verdict() == Sign.Verdict.BAD).count();
    long warned = signs.stream().filter(sign -> sign.verdict() == Sign.Verdict.WARN).count();
    if (!output.json()) {
      output.line(
          bad + warned == 0 ? "All is well." : "%d bad, %d to look at".formatted(bad, warned));
    }
    return bad == 0 ? 0 : SennitCommand.NO;
  }

  private void port(String option, @Nullable String text) {
    if (text != null) {
      var address = Address.parse(text);
      add(List.of(Computer.port(option, address.host(), address.port())));
    }
  }

  private void directory(Path path) {
    var seen = Directory.look(path);
    add(seen);
    if (seen.stream().anyMatch(sign -> sign.verdict() == Sign.Verdict.BAD)) {
      return;
    }
    Optional<HttpDoor> daemon = Place.daemon(path);
    add(List.of(Machine.daemon(path, daemon.isPresent(), Place.names(path))));
    if (daemon.isPresent()) {
      machine(daemon.get());
      return;
    }
    try (var door = new Desk(Sennit.open(path))) {
      machine(door);
    } catch (SennitException e) {
      add(List.of(Machine.closed(path, String.valueOf(e.getMessage()))));
    }
  }

  private void daemon(URI at) {
    try {
      machine(new HttpDoor(at));
    } catch (Door.RefusedException e) {
      add(List.of(Machine.unreachable(at, String.valueOf(e.getMessage()))));
    }
  }

  private void machine(Door door) {
    var status = Json.read(door.status());
    add(Machine.look(status));
    door.top(1)
        .forEach(line ->
            add(
                List.of(
                    Computer.clock(Instant.now(), Json.string(Json.read(line.event()), "time")))));
    add(Neighbours.look(status));
  }

  private void add(List<Sign> seen) {
    signs.addAll(seen);
    for (var sign : seen) {
      if (output.json()) {
        output.line(sign.json());
        continue;
      }
      output.line(
          "%-5s %-10s %s"
              .formatted(sign.word(), sign.about(), Printed.safe(sign.found(), LINE_LENGTH_MAX)));
      if (!sign.remedy().isEmpty()) {
        output.line(" ".repeat(17) + "→ " + Printed.safe(sign.remedy(), LINE_LENGTH_MAX));
      }
    }
  }
}
