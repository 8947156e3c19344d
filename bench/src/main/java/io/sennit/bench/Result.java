package io.sennit.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What one measurement found.
///
/// @param name of `bench/run NAME`
/// @param about a sentence or two: what was done, and what the limit is
record Result(String name, String about, Map<String, String> surroundings, List<Figure> figures) {
  Result {
    figures = List.copyOf(figures);
  }

  /// One JSON object, ending with a line feed.
  String json() {
    var facts =
        surroundings.entrySet().stream()
            .map(fact -> "    " + quoted(fact.getKey()) + ": " + quoted(fact.getValue()))
            .collect(Collectors.joining(",\n"));
    var lines = figures.stream().map(Result::json).collect(Collectors.joining(",\n"));
    return """
    {
      "name": %s,
      "about": %s,
      "surroundings": {
    %s
      },
      "figures": [
    %s
      ]
    }
    """
        .formatted(quoted(name), quoted(about), facts, lines);
  }

  private static String json(Figure figure) {
    var rounds =
        figure.rounds().stream().map(Result::number).collect(Collectors.joining(", ", "[", "]"));
    return "    {\"name\": %s, \"unit\": %s, \"median\": %s, \"rounds\": %s}"
        .formatted(quoted(figure.name()), quoted(figure.unit()), number(figure.median()), rounds);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3f", value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
  }

  /// A section for `RESULTS.md`.
  String markdown() {
    var text = new StringBuilder("## " + name + "\n\n" + about + "\n\n");
    text.append("| | median | rounds |\n| --- | ---: | --- |\n");
    for (var figure : figures) {
      text.append("| ").append(figure.name()).append(" | ");
      text.append(Figure.text(figure.median())).append(' ').append(figure.unit()).append(" | ");
      text.append(
          figure.rounds().size() == 1
              ? "1"
              : figure.rounds().size()
                  + ": "
                  + Figure.text(figure.lowest())
                  + " to "
                  + Figure.text(figure.highest()));
      text.append(" |\n");
    }
    text.append('\n');
    text.append(
        surroundings.entrySet().stream()
            .map(fact -> fact.getKey() + " " + fact.getValue())
            .collect(Collectors.joining("; ", "Measured with: ", ".\n")));
    return text.toString();
  }
}
