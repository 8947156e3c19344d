package io.sennit.flowchart;

import io.sennit.machine.Chart;
import java.util.List;
import java.util.stream.Collectors;

/// A chart as Mermaid text. A state whose words are a question is drawn as a hexagon.
final class Mermaid {
  private Mermaid() {}

  static <S extends Enum<S>, E extends Enum<E>> String of(Chart<S, E> chart, Words words) {
    var text = new StringBuilder("flowchart TD\n");
    text.append("  start(( )) --> ").append(chart.start()).append('\n');
    for (var state : Arrows.states(chart)) {
      var label = quoted("<b>" + Words.word(state) + "</b><br/>" + words.of(state));
      text.append("  ").append(state);
      if (words.of(state).endsWith("?")) {
        text.append("{{").append(label).append("}}");
      } else if (chart.ends().contains(state)) {
        text.append("([").append(label).append("])");
      } else {
        text.append('[').append(label).append(']');
      }
      text.append('\n');
    }
    var arrows = Arrows.of(chart);
    for (var row : arrows.single()) {
      arrow(text, row.from(), row.on(), row.to(), row.note());
    }
    for (var shared : arrows.shared()) {
      var box = "any_" + shared.on();
      text.append("  ").append(box).append('[').append(quoted(names(shared.from()))).append("]\n");
      text.append("  style ").append(box).append(" stroke-dasharray: 4 4\n");
      arrow(text, box, shared.on(), shared.to(), String.join("; ", shared.notes()));
    }
    return text.toString();
  }

  /// The states in a box that stands for all of them.
  static String names(List<?> states) {
    return states.stream().map(Words::word).collect(Collectors.joining(", "));
  }

  private static void arrow(StringBuilder text, Object from, Object on, Object to, String note) {
    var label = note.isEmpty() ? Words.word(on) : Words.word(on) + "<br/><i>" + note + "</i>";
    text.append("  ").append(from).append(" -- ").append(quoted(label)).append(" --> ");
    text.append(to).append('\n');
  }

  private static String quoted(String label) {
    return '"' + label.replace("\"", "#quot;").replace("`", "") + '"';
  }
}
