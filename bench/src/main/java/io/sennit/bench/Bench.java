package io.sennit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `bench/run NAME [--json]`: measures, keeps the result beside the code, and prints it.
public final class Bench {
  private static final List<String> NAMES =
      List.of("append", "join", "live", "restart", "http-posters", "stream-readers");
  private static final Path RESULTS = Path.of("RESULTS.md");

  private Bench() {}

  /// Measures what the first argument names; `--json` prints the result as JSON.
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 2 && args[0].equals("append-once")) {
      RestartBench.appendOnce(Path.of(args[1]));
      return;
    }
    var arguments = List.of(args);
    var names = arguments.stream().filter(name -> !name.equals("--json")).toList();
    if (names.size() != 1 || !(NAMES.contains(names.getFirst()) || names.contains("all"))) {
      System.err.println("usage: bench/run " + String.join("|", NAMES) + "|all [--json]");
      System.exit(2);
    }
    for (var name : NAMES) {
      if (names.contains(name) || names.contains("all")) {
        var result = measure(name);
        keep(result);
        System.out.println(arguments.contains("--json") ? result.json() : result.markdown());
      }
    }
  }

  private static Result measure(String name) throws IOException, InterruptedException {
    return switch (name) {
      case "append" -> AppendBench.run();
      case "join" -> JoinBench.run();
      case "live" -> LiveBench.run();
      case "restart" -> RestartBench.run();
      case "http-posters" -> HttpPostersBench.run();
      case "stream-readers" -> StreamReadersBench.run();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// As JSON in a file of its own, and as a section of the page, in place of the last one.
  private static void keep(Result result) throws IOException {
    var folder = Files.createDirectories(Path.of("results"));
    Files.writeString(folder.resolve(result.name() + ".json"), result.json());
    var page = Files.readString(RESULTS);
    var section = Pattern.compile("(?s)## " + result.name() + "\n.*?(?=\n## |\\z)");
    var text = Matcher.quoteReplacement(result.markdown());
    Files.writeString(
        RESULTS,
        section.matcher(page).find()
            ? section.matcher(page).replaceFirst(text)
            : page + "\n" + result.markdown());
  }
}
