package io.sennit.simulator.tips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What `docs/relaxations.md` shows is what `simulator/tips` finds.
final class BorderTest {
  private static final Path DOCS = Path.of("../docs");

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("relaxations.md"));
  }

  /// The whole of it takes minutes, so here are some.
  @Test
  void rowsOfThePageComeOutAgain() throws IOException {
    var page = page();
    for (var row :
        new Row[] {
          Row.of(10, 10, Delay.CONSTANT, Border.SEED),
          Row.of(1_000, 300, Delay.CONSTANT, Border.SEED),
          Row.of(100, 100, Delay.VARIED, Border.SEED)
        }) {
      assertThat(page).as("made with simulator/tips --write").contains(Table.line(row));
    }
  }

  @Test
  void thePageHasARowForEachSetting() throws IOException {
    var page = page();
    for (int machines : Border.MACHINES) {
      for (int lambdaH : Border.LAMBDA_H) {
        var begin = String.format(Locale.ROOT, "| %,d | %,d | ", machines, lambdaH);
        assertThat(page.lines().filter(line -> line.startsWith(begin))).as(begin).hasSize(2);
      }
    }
  }

  /// The target at λ·h = 300 is one byte; it holds everywhere that events name more than a few.
  @Test
  void aParentCostsAByteAtMost() {
    for (var delay : Delay.values()) {
      for (int machines : new int[] {300, 10_000}) {
        var row = Row.of(machines, 300, delay, 5);
        assertThat(row.diskBytes()).isBetween(0.1, 1.0);
        assertThat(row.linkBytes()).isBetween(0.1, 1.0);
      }
    }
  }

  @Test
  void theDrawingIsThatOfThePage() throws IOException {
    var drawing = Files.readString(DOCS.resolve("tips.svg"));
    assertThat(page()).contains("](tips.svg)");
    assertThat(drawing.split("<polyline", -1)).hasSize(1 + 2 * Border.MACHINES.size());
    assertThat(drawing).contains("prefers-color-scheme: dark");
  }

  @Test
  void theSameRowsAreDrawnTheSame() {
    var rows =
        List.of(
            Row.of(10, 1, Delay.CONSTANT, Border.SEED),
            Row.of(10, 10, Delay.CONSTANT, Border.SEED));
    assertThat(Drawing.of(rows)).isEqualTo(Drawing.of(List.copyOf(rows))).contains("10 machines");
  }

  @Test
  void aTableTakesThePlaceOfTheOneBefore() {
    var page = "a\n<!-- simulator/tips: VARIED -->\n\nold\n\n<!-- end -->\nb\n";
    assertThat(Border.withTable(page, Delay.VARIED, "| $new |\n"))
        .isEqualTo("a\n<!-- simulator/tips: VARIED -->\n\n| $new |\n\n<!-- end -->\nb\n");
  }
}
