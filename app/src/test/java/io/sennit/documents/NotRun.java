package io.sennit.documents;

import java.util.List;
import java.util.Map;

/// The blocks in the documents that no test runs, with their reasons.
final class NotRun {
  /// Reasons by page, in the order of the page.
  static final Map<String, List<String>> BLOCKS =
      Map.of("CONTRIBUTING.md", List.of("these are the tests"));

  private NotRun() {}
}
