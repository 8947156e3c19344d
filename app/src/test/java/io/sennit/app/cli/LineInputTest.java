package io.sennit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineInputTest {
  private static List<String> lines(String text) throws IOException {
    var input = input(text);
    var lines = new ArrayList<String>();
    for (var line = input.next(); line != null; line = input.next()) {
      lines.add(new String(line, StandardCharsets.UTF_8));
      assertThat(input.number()).isEqualTo(lines.size());
    }
    return lines;
  }

  private static LineInput input(String text) {
    return new LineInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void linesAreCountedAlsoWhenTheyAreEmpty() throws IOException {
    assertThat(lines("a\n\nb\n")).containsExactly("a", "", "b");
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertThat(lines("a\nb")).containsExactly("a", "b");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("");
  }

  @Test
  void linesOfAnyLengthAreWhole() throws IOException {
    var expected = new ArrayList<String>();
    for (int length = 0; length < 300_000; length = length * 2 + 1) {
      expected.add("x".repeat(length));
    }
    assertThat(lines(String.join("\n", expected) + "\n")).isEqualTo(expected);
  }

  @Test
  void aLineThatIsTooLongIsCut() throws IOException {
    var input = input("x".repeat(LineInput.LINE_SIZE_BYTES_MAX + 100_000) + "\nnext\n");
    assertThat(input.next()).hasSize(LineInput.LINE_SIZE_BYTES_MAX);
    assertThat(input.next()).isEqualTo("next".getBytes(StandardCharsets.UTF_8));
    assertThat(input.number()).isEqualTo(2);
  }
}
