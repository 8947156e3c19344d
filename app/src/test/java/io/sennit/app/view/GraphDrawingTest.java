package io.sennit.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GraphDrawingTest {
  private final GraphDrawing drawing = new GraphDrawing();
  private final List<String> lines = new ArrayList<>();

  private void event(String uuid, String... parents) {
    lines.addAll(drawing.add(uuid, List.of(parents), uuid));
  }

  private void assertDrawn(String expected) {
    assertThat(String.join("\n", lines)).isEqualTo(expected.stripTrailing());
  }

  @Test
  void aChainIsOneLane() {
    event("c", "b");
    event("b", "a");
    event("a");
    assertDrawn(
        """
        ●  c
        ●  b
        ●  a
        """);
  }

  @Test
  void twoSidesPartAndMeet() {
    event("merge", "left", "right");
    event("left", "root");
    event("right", "root");
    event("root");
    assertDrawn(
        """
        ●  merge
        ├─╮
        ● │  left
        │ ●  right
        ├─╯
        ●  root
        """);
  }

  @Test
  void tipsWithoutAChildOpenLanesOfTheirOwn() {
    event("a2", "a1");
    event("b2", "b1");
    event("a1", "root");
    event("b1", "root");
    event("root");
    assertDrawn(
        """
        ●  a2
        │ ●  b2
        ● │  a1
        │ ●  b1
        ├─╯
        ●  root
        """);
  }

  @Test
  void threeSidesMeetInOneEvent() {
    event("merge", "a", "b", "c");
    event("a", "root");
    event("b", "root");
    event("c", "root");
    event("root");
    assertDrawn(
        """
        ●  merge
        ├─┬─╮
        ● │ │  a
        │ ● │  b
        │ │ ●  c
        ├─┴─╯
        ●  root
        """);
  }

  @Test
  void parentsBeyondEightAreFolded() {
    var parents = IntStream.range(0, 256).mapToObj("p%03d"::formatted).toArray(String[]::new);
    event("merge", parents);
    assertThat(lines.getFirst()).isEqualTo("●  merge  (+248)");
    assertThat(lines.get(1)).isEqualTo("├─┬─┬─┬─┬─┬─┬─╮");
  }

  @Test
  void aLaneThatIsOnlyCrossedStaysUnbroken() {
    event("a2", "a1");
    event("b2", "b1");
    event("c2", "c1");
    event("a1", "root", "c1");
    event("b1", "root");
    event("c1", "root");
    event("root");
    assertDrawn(
        """
        ●  a2
        │ ●  b2
        │ │ ●  c2
        ● │ │  a1
        ├─│─┤
        │ ● │  b1
        │ │ ●  c1
        ├─┴─╯
        ●  root
        """);
  }

  @Test
  void aPictureThatIsTooWideIsCut() {
    for (int tip = 0; tip < 40; tip++) {
      event("tip" + tip, "parent" + tip);
    }
    assertThat(lines.get(31)).isEqualTo("│ ".repeat(31) + "●  tip31");
    assertThat(lines.get(32)).isEqualTo("│ ".repeat(32) + "… ●  tip32");
    event("parent0");
    assertThat(lines.getLast()).isEqualTo("● " + "│ ".repeat(31) + "…  parent0");
  }
}
