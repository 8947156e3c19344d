package io.sennit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of this repository, without what a build or a run leaves behind.
public final class Repository {
  private static final Set<String> LEFT_BEHIND =
      Set.of(".git", ".idea", ".sennit", "target", "node_modules");

  /// Its top folder.
  public static final Path ROOT = root();

  private Repository() {}

  /// All files whose names end with one of these, sorted.
  public static List<Path> files(String... endings) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return LEFT_BEHIND.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var name = file.getFileName().toString();
            for (var ending : endings) {
              if (name.endsWith(ending)) {
                files.add(file);
                break;
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  /// A file as people name it.
  public static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/architecture.puml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run this test inside the repository");
      }
    }
    return folder;
  }
}
