package io.sennit.documents;

import java.util.List;
import java.util.Map;

/// The blocks in the documents that no test runs, with their reasons.
final class NotRun {
  /// Reasons by page, in the order of the page.
  static final Map<String, List<String>> BLOCKS =
      Map.of(
          "CONTRIBUTING.md",
          List.of("these are the tests"),
          "docs/faults.md",
          List.of("these are the tests"),
          "docs/howto/move.md",
          List.of("it needs another computer"),
          "docs/howto/rehearse.md",
          List.of("it takes long, and 11 GiB of memory"),
          "docs/model/README.md",
          List.of("these are the tests"),
          "docs/relaxations.md",
          List.of(
              "it takes ten minutes. `BorderTest` makes some of the rows again and compares them with the page"),
          "docs/simulator.md",
          List.of(
              "these are the tests",
              "`FidelityTest` does the first in small, and the second takes minutes of quiet"),
          "docs/howto/systemd.md",
          List.of("it needs systemd and its administrator"));

  private NotRun() {}
}
