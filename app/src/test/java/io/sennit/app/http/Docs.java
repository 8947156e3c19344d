package io.sennit.app.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The documents of the repository.
final class Docs {
  private static final Path FOLDER = folder();

  private Docs() {}

  static Path of(String name) {
    return FOLDER.resolve(name);
  }

  static String text(String name) throws IOException {
    return Files.readString(of(name));
  }

  /// The pages of a folder, without their ending.
  static List<String> names(String folder) throws IOException {
    try (var pages = Files.list(of(folder))) {
      return pages
          .map(page -> page.getFileName().toString().replaceFirst("\\.md$", ""))
          .sorted()
          .toList();
    }
  }

  private static Path folder() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/openapi.yaml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run this test inside the repository");
      }
    }
    return folder.resolve("docs");
  }
}
