package io.sennit.app.cli;

import io.sennit.app.view.Output;
import io.sennit.app.view.Printed;
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
    if (!prefix.matches("[0-9a-f]{1,64}")) {
      throw new IllegalArgumentException(
          "a uuid is 64 digits of 0-9 and a-f; give the first few of them");
    }
    try (var door = place.open()) {
      var line = door.find(prefix);
      if (line.isEmpty()) {
        output.note("sennit: no event here has a uuid that begins with " + prefix);
        return SennitCommand.NO;
      }
      var event = line.get().event();
      output.line(output.json() ? event : Printed.pretty(event));
      return 0;
    }
  }
}
