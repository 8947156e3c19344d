package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static io.sennit.app.cli.Shell.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
  @TempDir Path folder;

  /// What bash would offer for these words, of which the last is not finished.
  private List<String> offered(String... words) throws Exception {
    var script = Files.writeString(folder.resolve("c"), done("completion", "bash").out());
    var asked =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_sennit; echo ${COMPREPLY[@]}"
            .formatted(script, String.join(" ", words), words.length - 1);
    var bash =
        new ProcessBuilder("bash", "-c", asked)
            .redirectError(ProcessBuilder.Redirect.DISCARD) // that no completion is under way
            .start();
    var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return List.of(said.strip().split("\\s+"));
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(offered("sennit", "do")).containsExactly("doctor");
    assertThat(offered("sennit", "log", "--fo")).containsExactly("--follow");
    assertThat(offered("sennit", "run", "--log-format", "j")).containsExactly("json");
    assertThat(offered("sennit", "reh")).containsExactly("rehearse");
    assertThat(offered("sennit", "rehearse", "--pa"))
        .contains("--partition", "--patience", "--payload");
  }

  @Test
  void zshTakesTheSameScript() {
    assertThat(done("completion", "zsh").out())
        .isEqualTo(done("completion").out())
        .contains("bashcompinit");
  }

  @Test
  void fishIsToldEveryCommandAndOption() {
    var lines = done("completion", "fish").lines();
    assertThat(lines)
        .allMatch(line -> line.startsWith("complete -c sennit "))
        .allMatch(
            line -> line.chars().filter(c -> c == '\'').count() % 2 == 0 || line.contains("\\'"))
        .anyMatch(line -> line.contains("-n __fish_use_subcommand -a doctor -d "))
        .anyMatch(line ->
            line.matches(".*_from log' -s f -l follow -d .*|.*_from log' -l follow -s f -d .*"))
        .anyMatch(line -> line.contains("_from run' -l log-level -r -a 'error warning info debug'"))
        .anyMatch(line -> line.contains("_from init' -l dir -r -F -d "))
        .anyMatch(line -> line.endsWith("_from import' -F"))
        .anyMatch(line -> line.contains("_from rehearse' -l topology -r -F -d "))
        .noneMatch(line -> line.contains("until-input-ends"));
  }

  @Test
  void anotherShellIsWrongUsage() {
    assertThat(refused(2, "completion", "csh")).contains("FISH");
  }
}
