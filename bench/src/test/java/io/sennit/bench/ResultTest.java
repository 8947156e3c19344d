package io.sennit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class ResultTest {
  private static final Result RESULT =
      new Result(
          "sample",
          "What was done, with \"quotes\".",
          Map.of("Redis", "no DAG."),
          Map.of("cores", "2"),
          List.of(
              new Figure("Sennit", "events/s", List.of(90.0, 100.0, 120.0))
                  .must(Target.atLeast(150)),
              new Figure("Redis & <others>", "events/s", List.of(50.0, 60.0, 55.0)),
              new Figure("ratio: Sennit / Redis", "×", List.of(1.8, 1.67, 2.18)),
              Figure.once("alone with its unit", "B", 12)));

  @Test
  void aSectionShowsMedianSpreadAndTarget() {
    assertThat(RESULT.markdown())
        .isEqualTo(
            """
            ## sample

            What was done, with "quotes".

            ![sample](results/sample.svg)

            | | median | rounds | spread | must reach | |
            | --- | ---: | --- | ---: | ---: | --- |
            | Sennit | 100 events/s | 3: 90.0 to 120 | 30 % | ≥ 150 | missed by 1.50 × |
            | Redis & <others> | 55.0 events/s | 3: 50.0 to 60.0 | 18 % |  |  |
            | ratio: Sennit / Redis | 1.80 × | 3: 1.67 to 2.18 | 28 % |  |  |
            | alone with its unit | 12.0 B | 1 |  |  |  |

            - **Redis**: no DAG.

            Measured with: cores 2.
            """);
  }

  @Test
  void jsonHasEveryRound() {
    assertThat(RESULT.json())
        .contains("\"about\": \"What was done, with \\\"quotes\\\".\"")
        .contains(
            "{\"name\": \"Sennit\", \"unit\": \"events/s\", \"median\": 100, \"spread\": 0.300,"
                + " \"target\": \"≥ 150\", \"reached\": false, \"rounds\": [90.000, 100, 120]}");
  }

  @Test
  void aSectionTakesThePlaceOfTheOneBefore() {
    var page = "# Results\n\n## sample\n\nold\n\n## samples of others\n\nkept\n";
    var written = Report.withSection(page, RESULT);
    assertThat(written)
        .startsWith("# Results\n\n## sample\n\nWhat")
        .doesNotContain("old")
        .endsWith("## samples of others\n\nkept\n");
    assertThat(Report.withSection(written, RESULT)).isEqualTo(written);
    assertThat(Report.withSection("# Results\n", RESULT)).endsWith(RESULT.markdown());
  }

  @Test
  void theDrawingIsXmlAndAlwaysTheSame() throws Exception {
    var svg = new Plot(RESULT).svg();
    assertThat(svg).isEqualTo(new Plot(RESULT).svg());
    var drawing =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    var bars = drawing.getElementsByTagName("rect");
    assertThat(bars.getLength()).as("background and two bars of one unit").isEqualTo(3);
    assertThat(width(bars.item(1)))
        .as("100 reaches further than 55")
        .isGreaterThan(width(bars.item(2)));
  }

  private static int width(Node bar) {
    return Integer.parseInt(bar.getAttributes().getNamedItem("width").getNodeValue());
  }

  @Test
  void onlyWhatCanBeComparedIsDrawn() {
    var figures = RESULT.figures();
    assertThat(figures.stream().filter(figure -> Plot.draws(figure, figures)))
        .extracting(Figure::name)
        .containsExactly("Sennit", "Redis & <others>");
  }
}
