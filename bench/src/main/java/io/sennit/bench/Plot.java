package io.sennit.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Draws a result as SVG: for each unit that several figures share, one panel of bars on a
/// logarithmic scale, with a whisker from the lowest to the highest round and a tick where the
/// target lies. The same result always gives the same bytes.
final class Plot {
  private static final int WIDTH = 860;
  private static final int LABEL_WIDTH = 330;
  private static final int VALUE_WIDTH = 110;
  private static final int ROW_HEIGHT = 24;
  private static final int BAR_HEIGHT = 14;
  private static final int HEAD_HEIGHT = 34;
  private static final int FOOT_HEIGHT = 14;
  private static final String OURS = "#2f6db3";
  private static final String THEIRS = "#a9b4c0";

  private final Result result;

  Plot(Result result) {
    this.result = result;
  }

  /// Whether the figure shares its unit with another one, and is no ratio.
  static boolean draws(Figure figure, List<Figure> all) {
    return !figure.unit().equals("×")
        && figure.lowest() > 0
        && all.stream()
                .filter(other -> other.unit().equals(figure.unit()) && other.lowest() > 0)
                .count()
            > 1;
  }

  /// The whole drawing.
  String svg() {
    var panels = new LinkedHashMap<String, List<Figure>>();
    for (var figure : result.figures()) {
      if (draws(figure, result.figures())) {
        panels.computeIfAbsent(figure.unit(), _ -> new ArrayList<>()).add(figure);
      }
    }
    var body = new StringBuilder();
    int y = 0;
    for (var panel : panels.entrySet()) {
      y = panel(body, y, panel.getKey(), panel.getValue());
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
    <title>%s</title>
    <rect width="100%%" height="100%%" fill="#ffffff"/>
    %s</svg>
    """
        .formatted(WIDTH, y, WIDTH, y, escaped(result.name()), body);
  }

  /// Draws one panel below `top`; answers where it ends.
  private static int panel(StringBuilder out, int top, String unit, List<Figure> figures) {
    var scale = Scale.of(figures);
    int bottom = top + HEAD_HEIGHT + figures.size() * ROW_HEIGHT;
    out.append(text(8, top + 20, "start", "#111111", unit + ", logarithmic", true));
    for (int power = scale.low(); power <= scale.high(); power++) {
      int x = scale.x(Math.pow(10, power));
      out.append(line(x, top + HEAD_HEIGHT - 6, x, bottom, "#e3e7eb", 1));
      out.append(text(x, top + HEAD_HEIGHT - 10, "middle", "#6b7480", power(power), false));
    }
    for (int i = 0; i < figures.size(); i++) {
      out.append(row(top + HEAD_HEIGHT + i * ROW_HEIGHT, figures.get(i), scale));
    }
    return bottom + FOOT_HEIGHT;
  }

  private static String row(int top, Figure figure, Scale scale) {
    boolean ours = figure.name().startsWith("Sennit");
    int barTop = top + (ROW_HEIGHT - BAR_HEIGHT) / 2;
    int middle = top + ROW_HEIGHT / 2;
    int end = scale.x(figure.median());
    var row = new StringBuilder();
    row.append(text(LABEL_WIDTH - 8, middle + 4, "end", "#111111", figure.name(), ours));
    row.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
            .formatted(
                LABEL_WIDTH,
                barTop,
                Math.max(1, end - LABEL_WIDTH),
                BAR_HEIGHT,
                ours ? OURS : THEIRS));
    row.append(
        line(scale.x(figure.lowest()), middle, scale.x(figure.highest()), middle, "#333333", 1));
    var target = figure.target();
    if (target != null) {
      int x = scale.x(target.value());
      row.append(line(x, barTop - 3, x, barTop + BAR_HEIGHT + 3, "#c2410c", 2));
    }
    row.append(
        text(
            WIDTH - VALUE_WIDTH + 8,
            middle + 4,
            "start",
            "#111111",
            Figure.text(figure.median()),
            false));
    return row.toString();
  }

  /// Whole powers of ten around everything that is drawn.
  private record Scale(int low, int high) {
    static Scale of(List<Figure> figures) {
      double low = Double.MAX_VALUE;
      double high = 0;
      for (var figure : figures) {
        var target = figure.target();
        double aim = target == null ? figure.median() : target.value();
        low = Math.min(low, Math.min(aim, figure.lowest()));
        high = Math.max(high, Math.max(aim, figure.highest()));
      }
      int floor = (int) Math.floor(Math.log10(low));
      return new Scale(floor, Math.max(floor + 1, (int) Math.ceil(Math.log10(high))));
    }

    int x(double value) {
      double share = (Math.log10(value) - low) / (high - low);
      return LABEL_WIDTH + (int) Math.round(share * (WIDTH - VALUE_WIDTH - LABEL_WIDTH));
    }
  }

  private static String power(int power) {
    return switch (power) {
      case 0, 1, 2 -> String.valueOf((int) Math.pow(10, power));
      case 3, 4, 5 -> (int) Math.pow(10, power - 3) + "k";
      case 6, 7, 8 -> (int) Math.pow(10, power - 6) + "M";
      default -> "1e" + power;
    };
  }

  private static String line(int x1, int y1, int x2, int y2, String colour, int width) {
    return "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"%d\"/>\n"
        .formatted(x1, y1, x2, y2, colour, width);
  }

  private static String text(
      int x, int y, String anchor, String colour, String words, boolean bold) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>\n",
        x,
        y,
        anchor,
        colour,
        bold ? " font-weight=\"bold\"" : "",
        escaped(words));
  }

  private static String escaped(String words) {
    return words
        .chars()
        .mapToObj(c ->
            switch (c) {
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              case '&' -> "&amp;";
              default -> Character.toString(c);
            })
        .collect(Collectors.joining());
  }
}
