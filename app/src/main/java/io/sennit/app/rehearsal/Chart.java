package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Summary.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// A plot as a figure of HTML: a title, a legend, an inline SVG, and a sentence on how to read it.
/// Lines differ by colour and by dashes, and take both from the style of the page.
final class Chart {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 280;
  private static final double LEFT = 62;
  private static final double RIGHT = 32;
  private static final double TOP = 12;
  private static final double BOTTOM = 46;

  /// Points of a line that are drawn; of more, some at equal distances.
  private static final int POINTS_MAX = 600;

  /// How points are drawn.
  enum Form {
    LINE,
    /// Level until the next point.
    STEPS,
    DOTS
  }

  private record Line(String name, Form form, List<Point> points) {}

  private record Limit(String name, double value) {}

  private final String title;
  private final String reading;
  private String xName = "";
  private String yName = "";
  private DoubleFunction<String> xUnit = Amount::number;
  private DoubleFunction<String> yUnit = Amount::number;
  private double yMax = Double.NaN;
  private double yMin;
  private boolean xPowers;
  private double enough = Double.NaN;
  private @Nullable Limit limit;
  private String empty = "Nothing was measured.";
  private final List<Line> lines = new ArrayList<>();

  Chart(String title, String reading) {
    this.title = title;
    this.reading = reading;
  }

  Chart x(String name, DoubleFunction<String> unit) {
    xName = name;
    xUnit = unit;
    return this;
  }

  /// Each step to the right is ten times as much.
  Chart xPowers() {
    xPowers = true;
    return this;
  }

  /// The chart ends soon after every line has come to this value, however long it goes on.
  Chart until(double value) {
    enough = value;
    return this;
  }

  Chart y(String name, DoubleFunction<String> unit) {
    yName = name;
    yUnit = unit;
    return this;
  }

  /// From 0 to 100 %.
  Chart yShares(String name) {
    yMax = 1;
    return y(name, Amount::share);
  }

  /// Where the values begin, if not at 0.
  Chart yFrom(double min) {
    yMin = min;
    return this;
  }

  /// A level that is not to be exceeded.
  Chart limit(String name, double value) {
    limit = new Limit(name, value);
    return this;
  }

  /// What is said when there is nothing to draw.
  Chart orElse(String words) {
    empty = words;
    return this;
  }

  /// Adds a line, unless nothing of it was measured.
  Chart line(String name, Form form, List<Point> points) {
    var measured =
        points.stream()
            .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
            .toList();
    if (!measured.isEmpty()) {
      lines.add(new Line(name, form, measured));
    }
    return this;
  }

  String html() {
    var out = new StringBuilder("<figure>\n<h3>").append(Html.text(title)).append("</h3>\n");
    if (lines.isEmpty()) {
      out.append("<p class=\"empty\">").append(Html.text(empty)).append("</p>\n");
    } else {
      legend(out);
      svg(out);
    }
    return out.append("<figcaption>")
        .append(Html.text(reading))
        .append("</figcaption>\n</figure>\n")
        .toString();
  }

  private void legend(StringBuilder out) {
    out.append("<p class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      key(out, "l" + i, lines.get(i).form == Form.DOTS, lines.get(i).name);
    }
    if (limit != null) {
      key(out, "limit", false, limit.name);
    }
    out.append("</p>\n");
  }

  private static void key(StringBuilder out, String style, boolean dots, String name) {
    out.append("<span><svg class=\"key ")
        .append(style)
        .append("\" viewBox=\"0 0 28 10\" aria-hidden=\"true\">")
        .append(
            dots
                ? "<circle class=\"dot\" cx=\"14\" cy=\"5\" r=\"3\"/>"
                : "<path class=\"line\" d=\"M1,5H27\"/>")
        .append("</svg> ")
        .append(Html.text(name))
        .append("</span> ");
  }

  private void svg(StringBuilder out) {
    var x = xAxis();
    double top = limit == null ? yMin : limit.value;
    for (var line : lines) {
      for (var point : line.points) {
        top = Math.max(top, point.y());
      }
    }
    var y = Axis.upTo(yMin, Double.isNaN(yMax) ? top : yMax, HEIGHT - BOTTOM, TOP, yUnit);
    out.append("<svg class=\"plot\" role=\"img\" viewBox=\"0 0 480 280\"><title>")
        .append(Html.text(title + ": " + yName + " over " + xName))
        .append("</title>\n");
    grid(out, x, y);
    if (limit != null) {
      path(out, "limit", across(y.pixel(limit.value)));
    }
    for (int i = 0; i < lines.size(); i++) {
      draw(out, "l" + i, lines.get(i), x, y);
    }
    out.append("</svg>\n");
  }

  private Axis xAxis() {
    double max = 0;
    double min = Double.MAX_VALUE;
    for (var line : lines) {
      max = Math.max(max, end(line));
      min = Math.min(min, line.points.getFirst().x());
    }
    if (xPowers) {
      return Axis.powers(Math.max(1, min), Math.max(10, max), LEFT, WIDTH - RIGHT, xUnit);
    }
    double begin = min > max / 3 ? min : 0; // what begins late is drawn from its beginning
    return Axis.upTo(rounded(begin, max), max, LEFT, WIDTH - RIGHT, xUnit);
  }

  /// Where a line has come to what is enough, or its last point.
  private double end(Line line) {
    for (var point : line.points) {
      if (point.y() >= enough) {
        return point.x();
      }
    }
    return line.points.getLast().x();
  }

  private static String across(double height) {
    return "M" + Html.at(LEFT) + "," + Html.at(height) + "H" + Html.at(WIDTH - RIGHT);
  }

  /// A round number at or below `begin`.
  private static double rounded(double begin, double xMax) {
    double span = xMax - begin;
    if (begin == 0 || span <= 0) {
      return Math.floor(begin);
    }
    double power = Math.pow(10, Math.floor(Math.log10(span)));
    return Math.floor(begin / power) * power;
  }

  private void grid(StringBuilder out, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      double at = y.pixel(tick);
      path(out, "grid", across(at));
      label(out, "end", LEFT - 6, at + 4, yUnit.apply(tick));
    }
    double bottom = HEIGHT - BOTTOM;
    for (double tick : x.ticks()) {
      double at = x.pixel(tick);
      path(out, "grid", "M" + Html.at(at) + "," + Html.at(TOP) + "V" + Html.at(bottom + 4));
      label(out, "middle", at, bottom + 18, xUnit.apply(tick));
    }
    label(out, "middle", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, xName);
  }

  private static void draw(StringBuilder out, String style, Line line, Axis x, Axis y) {
    var points = thinned(line.points.stream().filter(point -> point.x() <= x.high()).toList());
    if (line.form == Form.DOTS) {
      out.append("<g class=\"").append(style).append("\">\n");
      for (var point : points) {
        out.append(
            "<circle class=\"dot\" cx=\"%s\" cy=\"%s\" r=\"2.5\"/>\n"
                .formatted(Html.at(x.pixel(point.x())), Html.at(y.pixel(point.y()))));
      }
      out.append("</g>\n");
      return;
    }
    var way = new StringBuilder();
    for (var point : points) {
      var at = Html.at(x.pixel(point.x()));
      var height = Html.at(y.pixel(point.y()));
      if (way.isEmpty()) {
        way.append('M').append(at).append(',').append(height);
      } else if (line.form == Form.STEPS) {
        way.append('H').append(at).append('V').append(height);
      } else {
        way.append('L').append(at).append(',').append(height);
      }
    }
    if (line.form == Form.STEPS && points.getLast().x() < x.high()) {
      way.append('H').append(Html.at(x.pixel(x.high())));
    }
    path(out, style, way.toString());
  }

  private static List<Point> thinned(List<Point> points) {
    if (points.size() <= POINTS_MAX) {
      return points;
    }
    var some = new ArrayList<Point>(POINTS_MAX);
    for (int i = 0; i < POINTS_MAX; i++) {
      some.add(points.get((int) ((long) i * (points.size() - 1) / (POINTS_MAX - 1))));
    }
    return some;
  }

  private static void path(StringBuilder out, String style, String way) {
    out.append("<path class=\"line ").append(style).append("\" d=\"").append(way).append("\"/>\n");
  }

  private static void label(StringBuilder out, String anchor, double x, double y, String words) {
    out.append("<text text-anchor=\"")
        .append(anchor)
        .append("\" x=\"")
        .append(Html.at(x))
        .append("\" y=\"")
        .append(Html.at(y))
        .append("\">")
        .append(Html.text(words))
        .append("</text>\n");
  }
}
