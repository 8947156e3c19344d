package io.sennit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void fiveRoundsUnlessOneIsInAHurryOrSaysOtherwise() {
    assertThat(Options.parse(List.of("join")).orElseThrow().rounds()).isEqualTo(5);
    assertThat(Options.parse(List.of("join", "--quick")).orElseThrow().rounds()).isEqualTo(2);
    assertThat(Options.parse(List.of("--rounds=9", "join", "--quick")).orElseThrow().rounds())
        .isEqualTo(9);
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    assertThat(Options.parse(List.of("join", "--quicker"))).isEmpty();
    assertThat(Options.parse(List.of("join", "--rounds=0"))).isEmpty();
    assertThat(Options.parse(List.of("--json"))).isEmpty();
  }
}
