package io.sennit.app.cli;

import io.sennit.app.door.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `docs/reference/commands.md`: what the command line says of itself, and what it answers as JSON.
final class CommandsPage {
  private final Path folder;
  private final StringBuilder page = new StringBuilder();

  /// The folder is for machines that are asked for their answers.
  CommandsPage(Path folder) {
    this.folder = folder;
  }

  String text() throws Exception {
    var sennit = SennitCommand.commandLine();
    page.append(
        """
        # Every command

        `sennit COMMAND`, as the program describes itself; `docs/rewrite` writes this page. `sennit COMMAND --help` says the same in a terminal.

        | exit code | means |
        | ---: | --- |
        """);
    sennit
        .getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .forEach(
            (code, meaning) -> page.append("| " + code.strip() + " | " + cell(meaning) + " |\n"));
    page.append(
        """

        With 1, 2 and 3 comes one line on standard error that says what to do. With `--json` each line on standard output is one
        JSON object; the tables below say of which members, as the commands answered when this page was written.

        | command | |
        | --- | --- |
        """);
    var commands =
        sennit.getSubcommands().values().stream()
            .filter(command -> !name(command).equals("help"))
            .toList();
    for (var command : commands) {
      page.append(
          "| [`%1$s`](#%1$s) | %2$s |%n"
              .formatted(name(command), description(command.getCommandSpec())));
    }
    var answers = answers();
    for (var command : commands) {
      section(command, answers.getOrDefault(name(command), List.of()));
    }
    return page.toString();
  }

  private static String name(CommandLine command) {
    return command.getCommandName();
  }

  private static String description(CommandSpec spec) {
    return cell(String.join(" ", spec.usageMessage().description()));
  }

  private void section(CommandLine command, List<String> answer) {
    var spec = command.getCommandSpec();
    page.append("%n## %s%n%n%s%n%n".formatted(name(command), description(spec)));
    var synopsis = new ArrayList<>(List.of("sennit " + name(command)));
    spec.positionalParameters().forEach(place -> synopsis.add(word(place)));
    options(spec).forEach(option -> synopsis.add(word(option)));
    page.append("`").append(String.join(" ", synopsis)).append("`\n");
    if (!spec.positionalParameters().isEmpty() || !options(spec).isEmpty()) {
      page.append("\n| | |\n| --- | --- |\n");
    }
    for (var place : spec.positionalParameters()) {
      row("`" + place.paramLabel() + "`", place, "");
    }
    for (var option : options(spec)) {
      var names = String.join("`, `", option.names());
      var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      row(
          "`" + names + value + "`",
          option,
          option.required() && option.group() == null ? "Required." : "");
    }
    if (!answer.isEmpty()) {
      page.append("\nWith `--json`: ").append(String.join(", ", answer)).append(".\n");
    }
  }

  private static List<OptionSpec> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
        .toList();
  }

  private void row(String what, ArgSpec argument, String more) {
    var words = new ArrayList<>(List.of(argument.description()));
    words.add(more);
    var preset = argument.defaultValue();
    if (preset != null && !String.join(" ", words).contains("Default:")) {
      words.add("Default: " + preset + ".");
    }
    page.append("| %s | %s |%n".formatted(what, cell(String.join(" ", words)).strip()));
  }

  private static String word(ArgSpec argument) {
    boolean several = argument.isMultiValue();
    var text =
        argument instanceof OptionSpec option
            ? option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
            : argument.paramLabel();
    boolean required = argument.required() && argument.group() == null;
    return (required ? text : "[" + text + "]") + (several ? "…" : "");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("%n", " ").replaceAll("\\s+", " ").strip();
  }

  /// The members of what each command answers as JSON, from two machines that know each other.
  private Map<String, List<String>> answers() throws Exception {
    var answers = new LinkedHashMap<String, List<String>>();
    var a = folder.resolve("a");
    answers.put("init", members("init", "--dir", a, "--json"));
    var invite = Shell.done("invite", "--dir", a, "--peer", "127.0.0.1:7400", "--json");
    answers.put("invite", members(invite));
    var b = folder.resolve("b");
    var ticket = Json.string(Json.read(invite.line()), "ticket");
    answers.put("join", members("join", ticket, "--dir", b, "--json"));
    for (var events : List.of("append", "import", "export", "log", "show")) {
      answers.put(events, List.of("whole events"));
    }
    var file = Files.writeString(folder.resolve("some.jsonl"), "{}\n");
    answers.put("import", members("import", "--dir", b, "--json", file));
    answers.put("tips", members("tips", "--dir", b, "--json"));
    answers.put("status", members("status", "--dir", b, "--json"));
    answers.put("peers", members("peers", "--dir", b, "--json"));
    answers.put("verify", members("verify", "--dir", b, "--json"));
    answers.put("rehearse", members("rehearse", "--machines", 10, "--crash", "0", "--json"));
    return answers;
  }

  private static List<String> members(Object... command) {
    return members(Shell.done(command));
  }

  private static List<String> members(Shell.Answer answer) {
    return members(Json.read(answer.lines().getLast()));
  }

  private static List<String> members(Map<?, ?> object) {
    var members = new ArrayList<String>();
    object.forEach((name, value) -> {
      var inner = "";
      if (value instanceof List<?> list
          && !list.isEmpty()
          && list.getFirst() instanceof Map<?, ?> first) {
        inner = members(first).stream().collect(Collectors.joining(", ", " (each with ", ")"));
      } else if (value instanceof Map<?, ?> map) {
        inner = members(map).stream().collect(Collectors.joining(", ", " (with ", ")"));
      }
      members.add("`" + name + "`" + inner);
    });
    return members;
  }
}
