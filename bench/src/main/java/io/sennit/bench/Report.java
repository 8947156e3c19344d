package io.sennit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where results are kept: as JSON and as a drawing in files of their own, and as a section of the
/// page, in place of the last one.
///
/// @param folder `bench`
record Report(Path folder) {
  void keep(Result result) throws IOException {
    var results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(results.resolve(result.name() + ".json"), result.json());
    if (result.figures().stream().anyMatch(figure -> Plot.draws(figure, result.figures()))) {
      Files.writeString(results.resolve(result.name() + ".svg"), new Plot(result).svg());
    }
    var page = folder.resolve("RESULTS.md");
    Files.writeString(page, withSection(Files.readString(page), result));
  }

  /// Keeps where processor time went.
  ///
  /// @return the page
  String keepProfile(String name, String sections) throws IOException {
    var text =
        "# Where processor time goes: "
            + name
            + "\n\nWritten by `bench/run "
            + name
            + " --profile`: samples of the JDK's flight recorder by processor time, Java threads only.\n\n"
            + sections;
    var results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(results.resolve(name + ".profile.md"), text);
    return text;
  }

  /// The page with this result's section replaced, or added at the end.
  static String withSection(String page, Result result) {
    var section =
        Pattern.compile("(?s)## " + Pattern.quote(result.name()) + "\n.*?(?=\n## |\\z)")
            .matcher(page);
    return section.find()
        ? section.replaceFirst(Matcher.quoteReplacement(result.markdown()))
        : page + "\n" + result.markdown();
  }
}
