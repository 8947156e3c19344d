package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says something.
@Command(
    name = "append",
    description =
        "Appends JSON objects, all or none: the arguments, or the lines of standard input.")
final class AppendCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Parameters(
      paramLabel = "OBJECT",
      description = "A JSON object, for example '{\"type\":\"note\"}'.")
  private List<String> objects = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Appends only once: said again with the same key, it answers the same events.")
  private @Nullable String key;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  AppendCommand() {}

  @Override
  public Integer call() {
    try (var door =
        place.open()) { // first, so that nobody types before hearing that no place was named
      var said = objects.isEmpty() ? standardInput() : objects;
      if (said.isEmpty()) {
        throw new IllegalArgumentException("nothing to append: give a JSON object");
      }
      for (var line : key == null ? door.append(said) : door.appendOnce(key, said)) {
        output.line(output.json() ? line.event() : Json.string(Json.read(line.event()), "uuid"));
      }
    }
    return 0;
  }

  private static List<String> standardInput() {
    var utf8 = StandardCharsets.UTF_8.newDecoder();
    return new BufferedReader(new InputStreamReader(System.in, utf8))
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }
}
