package io.sennit.documents;

import io.sennit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// A test method, as its source says.
///
/// @param file where it stands
/// @param text of the whole file
/// @param body of the method, with what stands before its name
/// @param kind its annotation: `Test`, `ParameterizedTest`, …
record TestSource(Path file, String text, String body, String kind) {
  private static final Pattern SEEDS = Pattern.compile("Seeds\\.check\\(\\s*([\\w_]+),");

  /// Finds `Class.method`.
  static Optional<TestSource> find(String test) throws IOException {
    int dot = test.indexOf('.');
    var method =
        Pattern.compile(
            "(?ms)^  @(Test|TestFactory|ParameterizedTest|RepeatedTest)\\b(?:(?!^  \\}$).)*?\\b"
                + test.substring(dot + 1)
                + "\\(.*?^  \\}$");
    var name = test.substring(0, dot) + ".java";
    for (var file : Repository.files(name)) {
      if (!file.endsWith(name)) {
        continue; // another class whose name ends so
      }
      var text = Files.readString(file);
      var found = method.matcher(text);
      if (found.find()) {
        return Optional.of(new TestSource(file, text, found.group(), found.group(1)));
      }
    }
    return Optional.empty();
  }

  /// How many seeds it tries.
  OptionalInt seeds() {
    var seeds = SEEDS.matcher(body);
    if (!seeds.find()) {
      return OptionalInt.empty();
    }
    var number = seeds.group(1);
    return OptionalInt.of(Character.isDigit(number.charAt(0)) ? integer(number) : constant(number));
  }

  /// A number that stands in the file under this name.
  int constant(String name) {
    var constant = Pattern.compile("\\b" + name + "\\s*=\\s*([\\d_]+)L?;").matcher(text);
    if (!constant.find()) {
      throw new AssertionError(Repository.name(file) + " has no number called " + name);
    }
    return integer(constant.group(1));
  }

  private static int integer(String digits) {
    return Integer.parseInt(digits.replace("_", ""));
  }
}
