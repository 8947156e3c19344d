package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.app.view.GraphDrawing;
import io.sennit.app.view.Output;
import io.sennit.app.view.Printed;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints the latest events, or follows a daemon's.
@Command(
    name = "log",
    description = {
      "Prints the latest events, the newest first.",
      "With --follow those and every new one of a daemon, the newest last, until Ctrl-C."
    })
final class LogCommand implements Callable<Integer> {
  private static final int SUMMARY_LENGTH_MAX = 100;

  @Mixin private Place place;

  @Option(
      names = "--graph",
      description = "Draw the graph, by height and then uuid: the same on every machine.")
  private boolean graph;

  @Option(
      names = {"-n", "--limit"},
      defaultValue = "30",
      description = "How many events. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with each new event, in the order in which they arrive there.")
  private boolean follow;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "With --follow: begin behind this position, N or N:UUID.")
  private @Nullable String after;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  LogCommand() {}

  @Override
  public Integer call() {
    if (follow && graph) {
      throw new IllegalArgumentException(
          "--graph is drawn from the newest event: leave out --follow");
    }
    if (after != null && !follow) {
      throw new IllegalArgumentException("--after goes with --follow");
    }
    if (limit < (follow ? 0 : 1)) {
      throw new IllegalArgumentException("--limit is at least " + (follow ? 0 : 1));
    }
    if (follow) {
      FollowedLog.print(place.daemon(), after, limit, output);
      return 0;
    }
    try (var door = place.open()) {
      var lines = door.top(limit);
      if (output.json()) {
        lines.forEach(line -> output.line(line.event()));
      } else if (graph) {
        var drawing = new GraphDrawing();
        for (var line : lines) {
          var event = Json.read(line.event());
          drawing
              .add(Json.string(event, "uuid"), Json.strings(event, "parents"), label(line))
              .forEach(output::line);
        }
      } else {
        lines.forEach(line -> output.line(label(line)));
      }
    }
    return 0;
  }

  /// The first digits of the uuid, the first of the machine, the time, and the event in a few
  /// words.
  static String label(Door.Line line) {
    var event = Json.read(line.event());
    var time = Json.string(event, "time");
    return Json.string(event, "uuid").substring(0, 10)
        + "  "
        + Json.string(event, "machine").substring(0, 6)
        + "  "
        + Printed.safe(time.length() > 19 ? time.substring(0, 19) : time, 20)
        + "  "
        + Printed.summary(line.event(), SUMMARY_LENGTH_MAX);
  }
}
