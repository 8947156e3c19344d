package io.sennit.simulator.tips;

import java.util.List;
import java.util.Locale;

/// Draws, for each number of machines, tips and parents over λ·h; both axes are logarithmic. The
/// same rows always give the same bytes.
final class Drawing {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 440;
  private static final int LEFT = 70;
  private static final int RIGHT = 150;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int DECADES = 4;
  private static final List<String> CURVES = List.of("a", "b", "c", "d");

  private final StringBuilder out = new StringBuilder();

  private Drawing() {}

  /// The drawing of rows of one kind of delay, ordered by machines and λ·h.
  static String of(List<Row> rows) {
    var drawing = new Drawing();
    drawing.axes();
    var sizes = rows.stream().map(Row::machines).distinct().toList();
    for (int i = 0; i < sizes.size(); i++) {
      int machines = sizes.get(i);
      var curve = rows.stream().filter(row -> row.machines() == machines).toList();
      drawing.curve(CURVES.get(i), "tips", curve, true);
      drawing.curve(CURVES.get(i), "parents", curve, false);
      drawing.label(CURVES.get(i), i, String.format(Locale.ROOT, "%,d machines", machines));
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
    <title>Tips and parents over λ·h</title>
    <style>
    .ground { fill: #ffffff } .words { fill: #111111 } .grid { stroke: #d5dae0 } .border { stroke: #c2410c } .hot { fill: #c2410c }
    .a { stroke: #8a6d00 } .b { stroke: #0f7b4a } .c { stroke: #2f6db3 } .d { stroke: #8b3fa8 }
    .tips { fill: none; stroke-width: 2.5 } .parents { fill: none; stroke-width: 2.5; stroke-dasharray: 3 5 }
    @media (prefers-color-scheme: dark) {
    .ground { fill: #14181d } .words { fill: #e6e9ed } .grid { stroke: #39424d } .border { stroke: #ff8a4c } .hot { fill: #ff8a4c }
    .a { stroke: #e0c04a } .b { stroke: #4cc98c } .c { stroke: #7db4f0 } .d { stroke: #d79af0 }
    }
    </style>
    <rect class="ground" width="100%%" height="100%%"/>
    %s</svg>
    """
        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, drawing.out);
  }

  private void axes() {
    text(
        LEFT,
        22,
        "start",
        "words",
        "tips held (line) and parents named (dots), the delay the same for all");
    for (int decade = 0; decade <= DECADES; decade++) {
      double value = Math.pow(10, decade);
      line("grid", x(value), y(1), x(value), y(Math.pow(10, DECADES)));
      line("grid", x(1), y(value), x(Math.pow(10, DECADES)), y(value));
      var words = String.format(Locale.ROOT, "%,.0f", value);
      text(x(value), HEIGHT - BOTTOM + 18, "middle", "words", words);
      text(LEFT - 8, y(value) + 4, "end", "words", words);
    }
    text(
        (LEFT + WIDTH - RIGHT) / 2.0,
        HEIGHT - 10,
        "middle",
        "words",
        "λ·h, events written within one delay");
    line("border", x(1), y(256), x(Math.pow(10, DECADES)), y(256));
    text(x(1) + 6, y(256) - 6, "start", "hot", "256: strict below, bounded above");
  }

  private void curve(String colour, String kind, List<Row> rows, boolean tips) {
    out.append("<polyline class=\"").append(colour).append(' ').append(kind).append("\" points=\"");
    for (var row : rows) {
      double value = tips ? row.sennit().tips() : row.sennit().parents();
      out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(row.lambdaH()), y(value)));
    }
    out.append("\"/>\n");
  }

  private void label(String colour, int number, String words) {
    double y = TOP + 20 + 22.0 * number;
    line(colour + " tips", WIDTH - RIGHT + 12, y - 4, WIDTH - RIGHT + 34, y - 4);
    text(WIDTH - RIGHT + 40, y, "start", "words", words);
  }

  private static double x(double value) {
    return LEFT + Math.log10(value) / DECADES * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value) {
    return HEIGHT - BOTTOM - Math.log10(value) / DECADES * (HEIGHT - TOP - BOTTOM);
  }

  private void line(String kind, double x1, double y1, double x2, double y2) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            kind,
            x1,
            y1,
            x2,
            y2));
  }

  private void text(double x, double y, String anchor, String kind, String words) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            kind,
            x,
            y,
            anchor,
            words));
  }
}
