package io.sennit.app.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A command line that a shell reads as it was meant.
final class CommandWords {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,%+@-]+");

  private CommandWords() {}

  /// These arguments of `sennit`, with their seed if they do not say it.
  static String of(List<String> arguments, long seed) {
    boolean seeded = arguments.stream().anyMatch(word -> word.matches("--seed(=.*)?"));
    var words =
        seeded
            ? arguments
            : Stream.concat(arguments.stream(), Stream.of("--seed", Long.toString(seed))).toList();
    return words.stream().map(CommandWords::quoted).collect(Collectors.joining(" ", "sennit ", ""));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
