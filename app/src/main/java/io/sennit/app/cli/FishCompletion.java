package io.sennit.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Writes what the fish shell completes: one line for each command and each of its options.
final class FishCompletion {
  private FishCompletion() {}

  static String script(CommandSpec root) {
    var lines = new ArrayList<String>();
    var begin = "complete -c " + root.name();
    lines.add(begin + " -f");
    root.subcommands()
        .forEach((name, line) -> {
          var command = line.getCommandSpec();
          lines.add(
              begin
                  + " -n __fish_use_subcommand -a "
                  + name
                  + " -d "
                  + quoted(first(command.usageMessage().description())));
          var here = begin + " -n '__fish_seen_subcommand_from " + name + "'";
          command.options().stream()
              .filter(option -> !option.hidden())
              .forEach(option -> lines.add(here + option(option)));
          if (command.positionalParameters().stream()
              .anyMatch(parameter -> parameter.paramLabel().equals("FILE"))) {
            lines.add(here + " -F");
          }
        });
    return String.join("\n", lines);
  }

  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (var name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0) {
      text.append(" -r");
      var type = option.auxiliaryTypes().length == 0 ? option.type() : option.auxiliaryTypes()[0];
      if (type == Path.class) {
        text.append(" -F");
      }
      var candidates = option.completionCandidates();
      if (candidates != null) {
        text.append(" -a ").append(quoted(String.join(" ", candidates)));
      }
    }
    return text.append(" -d ").append(quoted(first(option.description()))).toString();
  }

  private static String first(String[] sentences) {
    return List.of(sentences).stream().findFirst().orElse("").replaceAll(" Default: .*", "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
