package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the tips.
@Command(name = "tips", description = "Prints the events that no event names as parent yet.")
final class TipsCommand implements Callable<Integer> {
  @Mixin private Place place;
  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  TipsCommand() {}

  @Override
  public Integer call() {
    try (var door = place.open()) {
      var tips = Json.strings(Json.read(door.status()), "tips");
      if (output.json()) {
        output.line(Json.text(Map.of("tips", tips)));
      } else {
        tips.forEach(output::line);
      }
    }
    return 0;
  }
}
