package io.sennit.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Scenarios that once failed, in a text file of the repository: a line each.
///
/// ```text
///   # what stands behind a hash is for people
///   seed=17 machines=3 actions=3:write,9:crash | I11 | what it was
/// ```
final class Regressions {
  private static final String BETWEEN = " | ";

  private final Path file;

  /// @param file need not be there
  Regressions(Path file) {
    this.file = file;
  }

  /// One that is kept.
  ///
  /// @param rule that it broke
  /// @param comment for people
  record Kept(Scenario scenario, String rule, String comment) {
    @Override
    public String toString() {
      return scenario + BETWEEN + rule + BETWEEN + comment;
    }
  }

  /// All that are kept, in their order.
  List<Kept> all() {
    var all = new ArrayList<Kept>();
    for (var line : lines()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        all.add(parse(line));
      }
    }
    return all;
  }

  static Kept parse(String line) {
    var parts = line.split(" \\| ", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a regression is \"scenario | rule | comment\", not \"" + line + "\"");
    }
    return new Kept(Scenario.parse(parts[0]), parts[1], parts[2]);
  }

  /// Keeps one more, unless its scenario is kept already.
  void keep(Kept kept) {
    if (all().stream().noneMatch(before -> before.scenario.equals(kept.scenario))) {
      try {
        var parent = file.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(file, kept + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot keep " + kept + " in " + file, e);
      }
    }
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the regressions in " + file, e);
    }
  }
}
