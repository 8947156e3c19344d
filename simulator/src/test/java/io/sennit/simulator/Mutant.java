package io.sennit.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A fault put into the production core: replacements in its source, each of which matches exactly
/// once.
///
/// @param rules what may find it
record Mutant(String name, Set<String> rules, List<Replacement> replacements) {
  private static final Path SOURCES = Path.of("../core/src/main/java/io/sennit");

  /// @param file below `io.sennit` of the core, without `.java`
  record Replacement(String file, String from, String to) {}

  static Mutant of(String name, Set<String> rules, String file, String from, String to) {
    return new Mutant(name, rules, List.of(new Replacement(file, from, to)));
  }

  /// One more place that has to change for the same fault.
  Mutant and(String file, String from, String to) {
    var more = new java.util.ArrayList<>(replacements);
    more.add(new Replacement(file, from, to));
    return new Mutant(name, rules, List.copyOf(more));
  }

  /// The changed files, by class name.
  ///
  /// @throws IllegalStateException when the source has changed, so that a replacement does not
  ///   match exactly once
  Map<String, String> sources() throws IOException {
    var sources = new LinkedHashMap<String, String>();
    for (var replacement : replacements) {
      var name = "io.sennit." + replacement.file.replace('/', '.');
      var source = sources.get(name);
      if (source == null) {
        source = Files.readString(SOURCES.resolve(replacement.file + ".java"));
      }
      int at = source.indexOf(replacement.from);
      if (at < 0 || source.indexOf(replacement.from, at + 1) >= 0) {
        throw new IllegalStateException(
            "the mutant \""
                + this.name
                + "\" wants to replace what does not stand exactly once in "
                + replacement.file
                + ":\n"
                + replacement.from);
      }
      sources.put(name, source.replace(replacement.from, replacement.to));
    }
    return sources;
  }
}
