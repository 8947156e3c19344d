package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What failed once does not fail again. `simulator/hunt` adds the lines.
final class RegressionsTest {
  private static final Path FILE = Path.of("src/test/resources/regressions.txt");

  static Stream<Regressions.Kept> kept() {
    return new Regressions(FILE).all().stream();
  }

  @ParameterizedTest
  @MethodSource("kept")
  void whatFailedOnceHoldsNow(Regressions.Kept kept) {
    var outcome = Simulation.run(kept.scenario());
    assertThat(outcome.violation()).as(Simulator.repeat(kept.scenario())).isEmpty();
  }

  @Test
  void aScenarioIsKeptOnce(@TempDir Path folder) throws IOException {
    var file = folder.resolve("new/regressions.txt");
    var regressions = new Regressions(file);
    assertThat(regressions.all()).isEmpty();
    var one = new Regressions.Kept(Scenario.of(1, 0), "I11", "one | of them");
    var two = new Regressions.Kept(Scenario.of(2, 0), "I5", "another");
    regressions.keep(one);
    regressions.keep(two);
    regressions.keep(one);
    assertThat(regressions.all()).isEqualTo(List.of(one, two));
    Files.writeString(file, "# for people\n\n" + Files.readString(file));
    assertThat(new Regressions(file).all()).isEqualTo(List.of(one, two));
  }

  @Test
  void whatIsNoRegressionIsRefused() {
    assertThatThrownBy(() -> Regressions.parse("seed=1 machines=3 actions= | I5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scenario | rule | comment");
  }
}
