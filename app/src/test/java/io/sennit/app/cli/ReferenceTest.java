package io.sennit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the reference in `docs/` with what the program says of itself; writes it with
/// `-Drewrite`.
final class ReferenceTest {
  @Test
  void thePageSaysWhatTheCommandsSay(@TempDir Path folder) throws Exception {
    var page = Repository.ROOT.resolve("docs/reference/commands.md");
    var expected = new CommandsPage(folder).text();
    if (System.getProperty("rewrite") != null) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, expected);
    }
    assertThat(page)
        .as("docs/reference differs from the commands: run docs/rewrite and look at the diff")
        .exists()
        .content()
        .isEqualTo(expected);
  }
}
