package io.sennit.documents;

import io.sennit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A document, as the steps that a reader takes who follows it from top to bottom.
///
/// | on the page | is the step |
/// | --- | --- |
/// | a block `console` | a command for each `$ `, with what it shows below it; `> ` goes on with the line before |
/// | a block `sh` | one command of all its lines; each of them has to work |
/// | a block of any language with a file's name behind it | the file is saved under that name |
/// | `*Not run by a test: why.*` on the line after a block | that block is left out, and counted |
record Page(String name, List<Step> steps) {
  private static final Pattern FENCE = Pattern.compile("^```(\\w*) ?(\\S*)$");
  private static final Pattern COMMAND =
      Pattern.compile("^(?:\\$ |(?:\\./)?sennit |\\./check\\b|curl )");
  private static final Pattern NOT_RUN = Pattern.compile("^\\*Not run by a test: (.+)\\.\\*$");

  /// What a reader does.
  sealed interface Step {
    /// Where it stands on the page, from 1.
    int line();

    /// Types a command; the page shows these lines below it, or none.
    record Run(int line, String command, List<String> shown) implements Step {}

    /// Saves a text.
    record Save(int line, String file, String text) implements Step {}

    /// Passes over a block that a test cannot run.
    record PassOver(int line, String reason) implements Step {}

    /// Sees a command in a block that is not for commands.
    record Overlook(int line, String command) implements Step {}
  }

  static Page read(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < lines.size(); i++) {
      var fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        continue;
      }
      int begin = i + 1;
      i = begin;
      while (!lines.get(i).equals("```")) {
        i++;
      }
      add(
          steps,
          fence.group(1),
          fence.group(2),
          begin + 1,
          lines.subList(begin, i),
          after(lines, i));
    }
    return new Page(Repository.name(file), List.copyOf(steps));
  }

  /// The line after a block, an empty one between them or not.
  private static String after(List<String> lines, int fence) {
    for (int i = fence + 1; i < lines.size() && i <= fence + 2; i++) {
      if (!lines.get(i).isBlank()) {
        return lines.get(i);
      }
    }
    return "";
  }

  private static void add(
      List<Step> steps, String kind, String file, int line, List<String> block, String after) {
    var notRun = NOT_RUN.matcher(after);
    if (notRun.matches()) {
      steps.add(new Step.PassOver(line, notRun.group(1)));
    } else if (!file.isEmpty()) {
      steps.add(new Step.Save(line, file, String.join("\n", block) + "\n"));
    } else if (kind.equals("sh") || kind.equals("bash")) {
      steps.add(new Step.Run(line, String.join("\n", block), List.of()));
    } else if (kind.equals("console")) {
      addCommands(steps, line, block);
    } else {
      for (int i = 0; i < block.size(); i++) {
        if (COMMAND.matcher(block.get(i)).find()) {
          steps.add(new Step.Overlook(line + i, block.get(i)));
        }
      }
    }
  }

  private static void addCommands(List<Step> steps, int line, List<String> block) {
    for (int i = 0; i < block.size(); ) {
      if (!block.get(i).startsWith("$ ")) {
        throw new IllegalStateException("a block 'console' begins with '$ ', at line " + line);
      }
      int at = line + i;
      var command = new StringBuilder(block.get(i++).substring(2));
      while (i < block.size() && block.get(i).startsWith("> ")) {
        command.append('\n').append(block.get(i++).substring(2));
      }
      var shown = new ArrayList<String>();
      while (i < block.size() && !block.get(i).startsWith("$ ")) {
        shown.add(block.get(i++));
      }
      steps.add(new Step.Run(at, command.toString(), List.copyOf(shown)));
    }
  }

  /// Whether there is anything to try.
  boolean isTried() {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Run || step instanceof Step.PassOver);
  }
}
