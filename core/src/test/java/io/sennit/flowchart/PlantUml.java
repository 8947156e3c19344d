package io.sennit.flowchart;

import io.sennit.machine.Chart;

/// A chart as PlantUML text. A state whose words are a question is drawn as a yellow box.
final class PlantUml {
  private static final int LINE_LENGTH = 30;

  private PlantUml() {}

  static <S extends Enum<S>, E extends Enum<E>> String of(Chart<S, E> chart, Words words) {
    var text =
        new StringBuilder(
            """
            @startuml
            !pragma layout smetana
            skinparam defaultFontName sans-serif
            skinparam defaultFontSize 13
            skinparam shadowing false
            skinparam defaultTextAlignment center
            skinparam ArrowColor #444444
            skinparam rectangle {
              BackgroundColor #EAF2FB
              BorderColor #3B6EA5
              RoundCorner 12
            }
            skinparam rectangle<<end>> {
              BackgroundColor #F5F5F5
              BorderColor #444444
              BorderThickness 2
              RoundCorner 30
            }
            skinparam rectangle<<any>> {
              BackgroundColor #FAFAFA
              BorderColor #9E9E9E
              BorderStyle dashed
            }
            skinparam rectangle<<asks>> {
              BackgroundColor #FFF8E1
              BorderColor #B28704
              RoundCorner 0
            }
            hide stereotype
            circle " " as start
            """);
    for (var state : Arrows.states(chart)) {
      var sentence = words.of(state);
      var kind = chart.ends().contains(state) ? " <<end>>" : "";
      text.append("rectangle \"<b>")
          .append(Words.word(state))
          .append("</b>\\n")
          .append(wrapped(sentence));
      text.append("\" as ").append(state);
      text.append(sentence.endsWith("?") ? " <<asks>>" : kind).append('\n');
    }
    text.append("start --> ").append(chart.start()).append('\n');
    var arrows = Arrows.of(chart);
    for (var row : arrows.single()) {
      arrow(text, row.from(), row.on(), row.to(), row.note());
    }
    for (var shared : arrows.shared()) {
      var box = "any_" + shared.on();
      text.append("rectangle \"").append(wrapped(Mermaid.names(shared.from())));
      text.append("\" as ").append(box).append(" <<any>>\n");
      arrow(text, box, shared.on(), shared.to(), String.join("; ", shared.notes()));
    }
    return text.append("@enduml\n").toString();
  }

  private static void arrow(StringBuilder text, Object from, Object on, Object to, String note) {
    text.append(from).append(" --> ").append(to).append(" : ").append(Words.word(on));
    if (!note.isEmpty()) {
      text.append("\\n<i>").append(wrapped(note).replace("\\n", "</i>\\n<i>")).append("</i>");
    }
    text.append('\n');
  }

  private static String wrapped(String sentence) {
    var text = new StringBuilder();
    int length = 0;
    for (var word : sentence.replace("`", "").replace("\"", "''").split(" ", -1)) {
      if (length > 0 && length + word.length() > LINE_LENGTH) {
        text.append("\\n");
        length = 0;
      } else if (length > 0) {
        text.append(' ');
      }
      text.append(word);
      length += word.length() + 1;
    }
    return text.toString();
  }
}
