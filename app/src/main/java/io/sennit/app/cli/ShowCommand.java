package io.sennit.app.cli;

import io.sennit.app.view.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Prints one event.
@Command(name = "show", description = "Prints the event whose uuid begins with these digits.")
final class ShowCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Parameters(paramLabel = "UUID", description = "A uuid, or enough of its first digits.")
  private String prefix;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  ShowCommand() {}

  @Override
  public Integer call() {
    try (var door = place.open()) {
      var line = door.find(prefix);
      if (line.isEmpty()) {
        output.note("sennit: no event here has a uuid that begins with " + prefix);
        return SennitCommand.NO;
      }
      output.line(line.get().event());
      return 0;
    }
  }
}
