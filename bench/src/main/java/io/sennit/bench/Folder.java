package io.sennit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for one measurement, on the disk that is measured; deleted afterwards.
///
/// @param path below `bench/target`, so that it lies where the repository does
record Folder(Path path) implements AutoCloseable {
  static Folder fresh() {
    try {
      var parent = Files.createDirectories(Path.of("target", "runs"));
      return new Folder(Files.createTempDirectory(parent, "run"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path in(String name) {
    return path.resolve(name);
  }

  /// Bytes that the files below take, as `ls` counts.
  static long sizeBytes(Path folder) {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
