package io.sennit.flowchart;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.machine.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Compares the page and the pictures in `docs/` with what they are drawn from; writes them with
/// `-Drewrite`.
class FlowchartTest {
  private static final Path REPOSITORY = repository();
  private static final Path DOCS = REPOSITORY.resolve("docs");
  private static final boolean REWRITE = System.getProperty("rewrite") != null;

  @Test
  void thePageSaysWhatTheTablesSay() throws IOException {
    var page = DOCS.resolve("flowchart.md");
    var expected = new FlowchartPage(REPOSITORY).text();
    if (REWRITE) {
      Files.writeString(page, expected);
    }
    assertThat(page)
        .as("docs/flowchart.md differs from the tables: run docs/rewrite and look at the diff")
        .exists()
        .content()
        .isEqualTo(expected);
  }

  @Test
  void thePicturesShowWhatTheTablesSay() throws IOException {
    for (var picture : pictures().entrySet()) {
      var file = DOCS.resolve(picture.getKey());
      if (REWRITE && !(Files.exists(file) && shows(file, picture.getValue()))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, Picture.draw(picture.getValue()));
      }
      assertThat(file).exists();
      assertThat(shows(file, picture.getValue()))
          .as("docs/%s was drawn from another text: run docs/rewrite", picture.getKey())
          .isTrue();
    }
  }

  @Test
  void everyInvariantIsShownByATest() throws IOException {
    assertThat(ShownBy.in(REPOSITORY))
        .as("annotate the tests that show the missing ones with @Shows")
        .containsOnlyKeys(Invariant.values());
  }

  /// Each SVG below `docs/`, with the text it is drawn from.
  private static Map<String, String> pictures() throws IOException {
    var pictures = new LinkedHashMap<String, String>();
    new FlowchartPage(REPOSITORY)
        .pictures()
        .forEach((name, text) -> pictures.put("flowchart/" + name + ".svg", text));
    pictures.put("architecture.svg", Files.readString(DOCS.resolve("architecture.puml")));
    return pictures;
  }

  private static boolean shows(Path svg, String plantUml) throws IOException {
    return Picture.shows(Files.readString(svg), plantUml);
  }

  private static Path repository() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/architecture.puml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run this test inside the repository");
      }
    }
    return folder;
  }
}
