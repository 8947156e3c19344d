package io.sennit.flowchart;

import io.sennit.machine.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Which tests of all modules carry `@Shows`, by invariant. Found by reading source files, so that
/// this page of the core can name tests of modules the core must not know.
final class ShownBy {
  private static final Pattern SHOWS =
      Pattern.compile(
          "@Shows\\(([^)]*)\\)\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:public )?void (\\w+)\\(");
  private static final Pattern INVARIANT = Pattern.compile("\\bI\\d+\\b");

  /// One test.
  ///
  /// @param file relative to the repository, with `/`
  record Test(String file, String type, String method) {}

  private ShownBy() {}

  /// In the order of files and, within one, of methods. An invariant without tests has no entry.
  static Map<Invariant, List<Test>> in(Path repository) throws IOException {
    var shown = new EnumMap<Invariant, List<Test>>(Invariant.class);
    for (var source : testSources(repository)) {
      var type = source.getFileName().toString().replace(".java", "");
      var file = repository.relativize(source).toString().replace('\\', '/');
      var found = SHOWS.matcher(Files.readString(source));
      while (found.find()) {
        var test = new Test(file, type, found.group(2));
        INVARIANT
            .matcher(found.group(1))
            .results()
            .map(name -> Invariant.valueOf(name.group()))
            .forEach(it -> shown.computeIfAbsent(it, _ -> new ArrayList<>()).add(test));
      }
    }
    return shown;
  }

  private static List<Path> testSources(Path repository) throws IOException {
    var sources = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(repository, Files::isDirectory)) {
      for (var module : modules) {
        var tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          try (var files = Files.walk(tests)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    sources.sort(Comparator.comparing(Path::toString));
    return sources;
  }
}
