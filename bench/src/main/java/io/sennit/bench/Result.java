package io.sennit.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What one measurement found.
///
/// @param name of `bench/run NAME`
/// @param about a sentence or two: what was done, and what the limit is
/// @param peers what others did and do not do, or why they did not take part; by name
record Result(
    String name,
    String about,
    Map<String, String> peers,
    Map<String, String> surroundings,
    List<Figure> figures) {
  Result {
    figures = List.copyOf(figures);
  }

  Result(String name, String about, Map<String, String> surroundings, List<Figure> figures) {
    this(name, about, Map.of(), surroundings, figures);
  }

  /// One JSON object, ending with a line feed.
  String json() {
    return """
    {
      "name": %s,
      "about": %s,
      "peers": {
    %s
      },
      "surroundings": {
    %s
      },
      "figures": [
    %s
      ]
    }
    """
        .formatted(
            quoted(name),
            quoted(about),
            members(peers),
            members(surroundings),
            figures.stream().map(Result::json).collect(Collectors.joining(",\n")));
  }

  private static String members(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> "    " + quoted(fact.getKey()) + ": " + quoted(fact.getValue()))
        .collect(Collectors.joining(",\n"));
  }

  private static String json(Figure figure) {
    var rounds =
        figure.rounds().stream().map(Result::number).collect(Collectors.joining(", ", "[", "]"));
    var target = figure.target();
    var reach =
        target == null
            ? ""
            : ", \"target\": %s, \"reached\": %s"
                .formatted(quoted(target.text()), target.reachedBy(figure.median()));
    return "    {\"name\": %s, \"unit\": %s, \"median\": %s, \"spread\": %s%s, \"rounds\": %s}"
        .formatted(
            quoted(figure.name()),
            quoted(figure.unit()),
            number(figure.median()),
            number(figure.spread()),
            reach,
            rounds);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3f", value);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> quoted.append(c < ' ' ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }

  /// A section for `RESULTS.md`.
  String markdown() {
    var text = new StringBuilder("## " + name + "\n\n" + about + "\n\n");
    if (figures.stream().anyMatch(figure -> Plot.draws(figure, figures))) {
      text.append("![").append(name).append("](results/").append(name).append(".svg)\n\n");
    }
    text.append("| | median | rounds | spread | must reach | |\n");
    text.append("| --- | ---: | --- | ---: | ---: | --- |\n");
    figures.forEach(figure -> text.append(row(figure)));
    text.append('\n');
    peers.forEach(
        (peer, what) -> text.append("- **").append(peer).append("**: ").append(what).append('\n'));
    if (!peers.isEmpty()) {
      text.append('\n');
    }
    text.append(
        surroundings.entrySet().stream()
            .map(fact -> fact.getKey() + " " + fact.getValue())
            .collect(Collectors.joining("; ", "Measured with: ", ".\n")));
    return text.toString();
  }

  private static String row(Figure figure) {
    int rounds = figure.rounds().size();
    var range = Figure.text(figure.lowest()) + " to " + Figure.text(figure.highest());
    var target = figure.target();
    return "| %s | %s %s | %s | %s | %s | %s |\n"
        .formatted(
            figure.name(),
            Figure.text(figure.median()),
            figure.unit(),
            rounds == 1 ? "1" : rounds + ": " + range,
            rounds == 1 ? "" : Math.round(100 * figure.spread()) + " %",
            target == null ? "" : target.text(),
            target == null ? "" : target.verdict(figure.median()));
  }
}
