package io.sennit.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/promises.md` is written from [Promises] and from the sources of the tests that they name;
/// with `-Drewrite` it is written anew.
final class PromisesTest {
  /// A line that tells how much was tried.
  private static final Pattern RUN = Pattern.compile("(?m)^[\\d,]+ (?:seeds|rounds) .*$");

  @Test
  void thePageSaysWhatTheTestsSay() throws IOException {
    var page = Repository.ROOT.resolve("docs/promises.md");
    var expected = text();
    if (System.getProperty("rewrite") != null) {
      Files.writeString(page, expected);
    }
    assertThat(page)
        .as("docs/promises.md differs from the tests: run docs/rewrite and look at the diff")
        .exists()
        .content()
        .isEqualTo(expected);
  }

  private static String text() throws IOException {
    var text = new StringBuilder();
    long seeds = 0;
    int tests = 0;
    for (var promise : Promises.ALL) {
      text.append("\n## ").append(promise.name()).append("\n\n").append(promise.sentence());
      text.append("\n\n| shown by | each `./check` |\n| --- | ---: |\n");
      for (var proof : promise.proofs()) {
        var source =
            TestSource.find(proof.test())
                .orElseThrow(() -> new AssertionError("no test is called " + proof.test()));
        seeds += source.seeds().orElse(0);
        tests++;
        text.append(
            "| [%s](../%s) | %s |\n"
                .formatted(proof.test(), Repository.name(source.file()), times(proof, source)));
      }
    }
    return """
    # What is promised, and the tests that show it

    Each promise with every test that shows it. The number is how often the test tries in one run of `./check`: with so many fresh
    random seeds (a failure prints the one that repeats it), or once, or with every vector or case it lists. This page is written from the
    sources of the tests by `docs/rewrite`, and a test compares it with them: a test that is renamed, deleted or tries less often changes
    this page.

    %d promises, %d tests, %s seeds in each run. What always holds inside the machine, as twelve invariants, stands at the
    [end of the flow chart](flowchart.md#what-always-holds); which rules of the specification are relaxed, [here](relaxations.md).
    """
            .formatted(Promises.ALL.size(), tests, String.format(Locale.ROOT, "%,d", seeds))
        + longRuns()
        + text;
  }

  /// What the pages about longer runs say of the last ones.
  private static String longRuns() throws IOException {
    var said = new StringBuilder("\nThe last runs that were written down:\n\n");
    for (var name : List.of("simulator.md", "faults.md", "model/README.md")) {
      var page = Repository.ROOT.resolve("docs").resolve(name);
      if (Files.exists(page)) {
        var counted = RUN.matcher(Files.readString(page));
        said.append("- [%s](%s)".formatted(name, name));
        said.append(counted.find() ? ": " + counted.group() : "").append('\n');
      }
    }
    return said.toString();
  }

  private static String times(Promise.Proof proof, TestSource source) {
    if (proof.counted().isPresent()) {
      return String.format(
          Locale.ROOT, "%,d %s", source.constant(proof.counted().get()), proof.unit());
    }
    if (source.seeds().isPresent()) {
      int seeds = source.seeds().getAsInt();
      return seeds == 1 ? "1 seed" : String.format(Locale.ROOT, "%,d seeds", seeds);
    }
    return source.kind().equals("Test") ? "once" : "every case";
  }
}
