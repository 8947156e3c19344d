package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordsTest {
  @Test
  void aGoodRunIsToldFromTheFirstJoinToTheLastEvent() {
    assertThat(String.join("\n", Words.of(Tale.good())))
        .isEqualTo(
            """
            Equal: of 1,000 machines, the 700 that still run hold exactly the same, of 52 events written.

              joined      after 63 s all were connected, by 8.1 links of each machine
              idle        while nobody wrote, a machine sent 182 B/s to keep its links
              delivery    after 210 ms half of the other machines held an event, after 320 ms 99 of 100, after 401 ms the last
              copies      a machine was sent each event 1.012 times (1 is the least possible), and told of it by name 4.5 times
              graph       an event named 3.25 parents, of 3.5 tips that its writer saw
              crash       30 % of the machines were gone at once; 12 s later the others were all linked and held what was written meanwhile
              afterwards  half within 220 ms, 99 of 100 within 333 ms, the last within 1.4 s
              this run    12.5 s and 400 MiB of memory; pretended: 4 min 20 s, 1,234,567 steps

            Every target of the design that was measured is reached.\
            """);
  }

  @Test
  void whatWentWrongIsNotHidden() {
    var words = String.join("\n", Words.of(Tale.bad()));
    assertThat(words)
        .startsWith("NOT EQUAL: 3 of the 700 machines that run at the end differ from the others")
        .contains("the others had not all found each other again in time")
        .contains("Missed of the design's targets:\n  payload copies: 1.4 (at most 1.05)");
  }

  @Test
  void machinesThatDifferReachNoTarget() {
    assertThat(String.join("\n", Words.of(Tale.unequal())))
        .startsWith("NOT EQUAL")
        .contains("missed the first target")
        .doesNotContain("is reached");
  }

  @Test
  void whatWasNotMeasuredIsSaid() {
    assertThat(String.join("\n", Words.of(Tale.silent())))
        .startsWith("Equal: all 1,000 machines hold exactly the same 52 events.")
        .contains("a machine was sent each event not measured times")
        .doesNotContain("NaN")
        .doesNotContain("  crash");
  }
}
