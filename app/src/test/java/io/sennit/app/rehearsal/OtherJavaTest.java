package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OtherJavaTest {
  @Test
  void itIsThisOneWithMoreMemory() {
    var command =
        OtherJava.command(12_345, Memory.options(), List.of("rehearse", "--machines", "1000000"));
    assertThat(command)
        .containsSubsequence(
            "-Xmx12345m",
            "-Dsennit.rehearsal.memory=12345",
            "-cp",
            "io.sennit.app.Main",
            "rehearse",
            "--machines",
            "1000000")
        .containsAll(Memory.options());
  }

  /// Else what is read as JSON begins with a warning, where there are no huge pages for example.
  @Test
  void whatItSaysItselfIsNotAmongTheOutput() throws Exception {
    var command = OtherJava.command(100, Memory.options(), List.of());
    var options = new ArrayList<>(command.subList(0, command.indexOf("-cp")));
    options.addAll(List.of("-XX:MaxNewSize=1g", "-version")); // it warns of the first
    var java = new ProcessBuilder(options).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(java.inputReader().readAllAsString()).isEmpty();
    assertThat(java.waitFor()).isZero();
  }

  @Test
  void whatJavaKeptOfShorterRunsIsLeftOut() {
    var options = List.of("-XX:AOTCache=sennit.aot", "-Xlog:aot*=off", "-Dx=y");
    assertThat(OtherJava.command(100, options, List.of()))
        .contains("-Dx=y")
        .noneMatch(option -> option.contains("AOTCache"));
  }
}
