package io.sennit.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintedTest {
  private static final char ESCAPE = 0x1b;
  private static final char NEXT_LINE = 0x85;
  private static final char RIGHT_TO_LEFT = 0x202e;
  private static final char ISOLATE = 0x2067;

  @Test
  void whatSteersATerminalIsMadeVisible() {
    assertThat(Printed.safe("a" + ESCAPE + "[2Jb", 99)).isEqualTo("a\\u001b[2Jb");
    assertThat(Printed.safe("a" + NEXT_LINE + "b", 99)).isEqualTo("a\\u0085b");
    assertThat(Printed.safe("a" + RIGHT_TO_LEFT + ISOLATE + "b", 99)).isEqualTo("a\\u202e\\u2067b");
    assertThat(Printed.safe("one\ntwo\t\r", 99)).isEqualTo("one\\u000atwo\\u0009\\u000d");
  }

  @Test
  void allOtherTextStaysAsItIs() {
    assertThat(Printed.safe("Ärger 漢字 👩‍🌾 é", 99)).isEqualTo("Ärger 漢字 👩‍🌾 é");
  }

  @Test
  void longTextIsCutButNoCharacterIsHalved() {
    assertThat(Printed.safe("abcdef", 3)).isEqualTo("abc…");
    assertThat(Printed.safe("ab👩cd", 3)).isEqualTo("ab…");
  }
}
