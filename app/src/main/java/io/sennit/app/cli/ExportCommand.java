package io.sennit.app.cli;

import io.sennit.app.view.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints every event.
@Command(
    name = "export",
    description = "Prints all whole events as JSON Lines, parents before children.")
final class ExportCommand implements Callable<Integer> {
  /// After so many events it looks whether anybody still reads.
  private static final int CHECKED_EVENTS = 1_000;

  @Mixin private Place place;
  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  ExportCommand() {}

  @Override
  public Integer call() {
    try (var door = place.open()) {
      door.read(
          0,
          line -> {
            output.line(line.event());
            return line.position() % CHECKED_EVENTS != 0 || !output.out().checkError();
          });
    }
    return 0;
  }
}
