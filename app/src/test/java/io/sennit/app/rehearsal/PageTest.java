package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class PageTest {
  private static Document parsed(Told told) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(Page.html(told))));
  }

  private static List<Element> all(Document page, String tag) {
    return list(page.getElementsByTagName(tag));
  }

  private static List<Element> list(NodeList nodes) {
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<Element> plots(Element figure) {
    return list(figure.getElementsByTagName("svg")).stream()
        .filter(svg -> svg.getAttribute("class").equals("plot"))
        .toList();
  }

  @Test
  void everyPlotIsDrawnAndSaysWhatItIs() throws Exception {
    var figures = all(parsed(Tale.good()), "figure");
    assertThat(figures)
        .extracting(figure -> figure.getElementsByTagName("h3").item(0).getTextContent())
        .containsExactly(
            "Machines reached over time",
            "Machines reached during the repair",
            "Finding each other again",
            "Copies of each event",
            "Tips",
            "Traffic of the machines");
    for (var figure : figures) {
      assertThat(plots(figure)).hasSize(1);
      assertThat(figure.getElementsByTagName("title").item(0).getTextContent()).contains(" over ");
      assertThat(figure.getElementsByTagName("figcaption").getLength()).isEqualTo(1);
    }
  }

  @Test
  void everyEventHasItsDot() throws Exception {
    var copies = all(parsed(Tale.good()), "figure").get(3);
    long dots =
        list(plots(copies).getFirst().getElementsByTagName("circle")).stream()
            .filter(circle -> circle.getAttribute("r").equals("2.5"))
            .count();
    assertThat(dots).isEqualTo(52);
  }

  @Test
  void whatIsNotThereIsSaidInstead() throws Exception {
    var figures = all(parsed(Tale.silent()), "figure");
    assertThat(figures).allSatisfy(figure -> assertThat(plots(figure)).isEmpty());
    assertThat(figures.get(2).getTextContent()).contains("No machine crashed");
    assertThat(Page.html(Tale.silent())).doesNotContain("NaN").contains("not measured");
  }

  @Test
  void itNeedsNothingButItself() {
    assertThat(Page.html(Tale.good()))
        .doesNotContainPattern("https?:")
        .doesNotContainPattern("<(?:script|link|img|iframe|object|embed)")
        .doesNotContainPattern("\\b(?:src|href)=|url\\(")
        .contains("prefers-color-scheme: dark")
        .contains("width=device-width");
  }

  @Test
  void whatOthersWroteIsText() throws Exception {
    var page = parsed(Tale.good());
    assertThat(page.getDocumentElement().getTextContent()).contains("on <paper> & nowhere else");
    assertThat(all(page, "pre").getFirst().getTextContent())
        .isEqualTo("sennit rehearse --topology 'a&b'");
  }

  @Test
  void figuresStandBesideWhatTheDesignAsks() throws Exception {
    var rows = all(parsed(Tale.bad()), "tr").stream().map(Element::getTextContent).toList();
    assertThat(rows)
        .anyMatch(
            row -> row.startsWith("payload copies") && row.endsWith("1.4at most 1.05✗ missed"))
        .anyMatch(row -> row.startsWith("idle traffic") && row.endsWith("✓ reached"))
        .anyMatch(row -> row.startsWith("repair") && row.endsWith("at most 30 snot measured"));
    assertThat(String.join("\n", NotModelled.SENTENCES)).isNotBlank();
    var text = parsed(Tale.bad()).getDocumentElement().getTextContent();
    assertThat(NotModelled.SENTENCES).allSatisfy(sentence -> assertThat(text).contains(sentence));
  }
}
