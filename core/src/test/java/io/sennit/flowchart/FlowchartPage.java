package io.sennit.flowchart;

import io.sennit.flowchart.ShownBy.Test;
import io.sennit.machine.Chart;
import io.sennit.machine.Chart.Row;
import io.sennit.machine.Charts;
import io.sennit.machine.Invariant;
import io.sennit.machine.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The page `docs/flowchart.md`, and the PlantUML text of each of its pictures.
final class FlowchartPage {
  private static final String INTRO =
      """
      # What is the flow chart of this state machine?

      <!-- Written by docs/rewrite from the tables the code runs on. Change the tables, not this page. -->

      A Sennit machine is one function: `handle(input, now)` answers with a list of outputs, to be carried out in
      that order. It has one caller, no clock, no disk and no socket, so the same inputs give the same outputs
      everywhere: in the daemon, in your program, and in a simulated federation. What it may do next is written in
      four tables. The code moves by these tables and fails when it would make a move they do not have; this page
      is drawn from them and a test compares the two.

      ```mermaid
      flowchart LR
        app[application] -- append --> creation
        creation -- answer --> app
        peer[peers] -- runs --> reception
        peer <-- what do you hold? --> session
        session -- give --> peer
        operator[operator] -- fence, resume --> lifecycle
        lifecycle -. allows .-> creation
        lifecycle -. allows .-> reception
        creation -- persist --> store[(store)]
        reception -- persist --> store
        reception -. a parent is missing .-> session
      ```

      | table | answers |
      | --- | --- |
      | [lifecycle](#lifecycle) | What may this machine do now? |
      | [creation](#creation) | What becomes of something an application says? |
      | [reception](#reception) | What becomes of events from another machine? |
      | [session](#session) | Where does the conversation with a peer stand? |

      A box is a state with what it means. A hexagon (in the pictures a yellow box) is a decision; round ends are
      final. A dashed box stands for all the states it names. The word on an arrow is what happened; below it stands
      what is done on the way. Each chart is also a picture, for viewers that do not draw Mermaid.
      """;

  private static final String OUTRO =
      """

      ## How this page stays true

      `Chart.next` throws when the code makes a move without an arrow. `FlowchartTest` writes this page again from
      the tables, the sentences in their comments and the tests marked `@Shows`, and fails on any difference;
      `docs/rewrite` makes the page and the pictures new.
      """;

  private final Words charts;
  private final Words modes;
  private final Words inputs;
  private final Words outputs;
  private final Map<Invariant, List<Test>> shown;

  FlowchartPage(Path repository) throws IOException {
    var sources = repository.resolve("core/src/main/java/io/sennit/machine");
    charts = new Words(sources.resolve("Charts.java"));
    modes = new Words(sources.resolve("Mode.java"));
    inputs = new Words(sources.resolve("Input.java"));
    outputs = new Words(sources.resolve("Output.java"));
    shown = ShownBy.in(repository);
  }

  /// The whole page.
  String text() {
    var text = new StringBuilder(INTRO);
    for (var chart : Charts.all()) {
      section(text, chart);
    }
    records(text, "What goes in", "input", inputs);
    records(text, "What comes out", "output", outputs);
    invariants(text);
    return text.append(OUTRO).toString();
  }

  /// The PlantUML text of each chart, by its name.
  Map<String, String> pictures() {
    var pictures = new TreeMap<String, String>();
    for (var chart : Charts.all()) {
      pictures.put(chart.name(), picture(chart));
    }
    return pictures;
  }

  private <S extends Enum<S>, E extends Enum<E>> String picture(Chart<S, E> chart) {
    return PlantUml.of(chart, words(chart));
  }

  private <S extends Enum<S>, E extends Enum<E>> void section(
      StringBuilder text, Chart<S, E> chart) {
    var name = chart.name();
    text.append("\n## ").append(name).append("\n\n").append(lead(name)).append('\n');
    if (chart.start() instanceof Mode) {
      modes(text);
    }
    text.append("\n```mermaid\n").append(Mermaid.of(chart, words(chart))).append("```\n");
    text.append("\nThe same as a picture: [").append(name).append(".svg](flowchart/");
    text.append(name)
        .append(".svg)\n\n| from | when | to | on the way |\n| --- | --- | --- | --- |\n");
    for (var rows : Arrows.alike(chart).values()) {
      var row = rows.getFirst();
      cells(
          text,
          Mermaid.names(rows.stream().map(Row::from).toList()),
          "**" + Words.word(row.on()) + "**: " + charts.of(row.on()),
          Words.word(row.to()),
          row.note());
    }
  }

  private <S extends Enum<S>, E extends Enum<E>> Words words(Chart<S, E> chart) {
    return chart.start() instanceof Mode ? modes : charts;
  }

  private static String lead(String chart) {
    return switch (chart) {
      case "lifecycle" ->
          """
          The mode decides what the machine does for applications, peers and readers. It begins with opening the
          store.\
          """;
      case "creation" ->
          """
          An append goes through here, all its events together. Nothing on the way asks a peer, so a machine writes
          at the speed of its own disk, alone or not.\
          """;
      case "reception" ->
          """
          Every run from a peer, and every run an application hands in whole, goes through here. Its bytes were
          decoded, compared with the canonical form, held against the limits and hashed before. Whether it may join
          depends on the event and its ancestors alone; clocks, disks and rates only defer.\
          """;
      case "session" ->
          """
          Each link to a peer has its own. A link may break at any byte: nothing that matters is kept here, and the
          next conversation begins with comparing again.\
          """;
      default -> throw new IllegalStateException("say what the chart " + chart + " is about");
    };
  }

  private void modes(StringBuilder text) {
    text.append(
        """

        | mode | creates | receives | serves peers | serves readers | meaning |
        | --- | --- | --- | --- | --- | --- |
        """);
    for (var mode : Mode.values()) {
      cells(
          text,
          Words.word(mode),
          yes(mode.creates()),
          yes(mode.receives()),
          yes(mode.servesPeers()),
          yes(mode.servesReads()),
          modes.of(mode));
    }
  }

  private static void records(StringBuilder text, String title, String column, Words words) {
    text.append("\n## ").append(title).append("\n\n| ").append(column);
    text.append(" | meaning |\n| --- | --- |\n");
    words.all().forEach((name, sentence) -> cells(text, "`" + name + "`", sentence));
  }

  private void invariants(StringBuilder text) {
    text.append("\n## What always holds\n\n| | invariant | shown by |\n| --- | --- | --- |\n");
    for (var invariant : Invariant.values()) {
      var tests =
          shown.getOrDefault(invariant, List.of()).stream()
              .map(it -> "[" + it.type() + "." + it.method() + "](../" + it.file() + ")")
              .collect(Collectors.joining("<br>"));
      cells(text, invariant.name(), invariant.sentence(), tests);
    }
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }

  private static void cells(StringBuilder text, String... cells) {
    text.append('|');
    for (var cell : cells) {
      text.append(cell.isEmpty() ? "" : " ").append(cell.replace("|", "\\|")).append(" |");
    }
    text.append('\n');
  }
}
