package io.sennit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
      var made = Files.createTempDirectory(parent, "run").toAbsolutePath();
      made.toFile().setExecutable(true, false); // servers that refuse root run as another user
      made.toFile().setReadable(true, false);
      return new Folder(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder inside, for one round.
  Folder sub() {
    try {
      return new Folder(Files.createTempDirectory(path, "round"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder inside that any user of this computer may reach.
  Path made(String name) throws IOException {
    return Files.createDirectory(in(name));
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

  /// Bytes that the files below take up to their last byte that is not zero: without what is
  /// preallocated.
  static long usedBytes(Path folder) throws IOException {
    long used = 0;
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        used += usedBytesOf(file);
      }
    }
    return used;
  }

  private static long usedBytesOf(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var block = ByteBuffer.allocate(1 << 16);
      for (long end = channel.size(); end > 0; end -= block.capacity()) {
        long begin = Math.max(0, end - block.capacity());
        block.clear().limit((int) (end - begin));
        while (block.hasRemaining() && channel.read(block, begin + block.position()) >= 0) {
          // A read may bring less than asked for.
        }
        for (int i = block.position() - 1; i >= 0; i--) {
          if (block.get(i) != 0) {
            return begin + i + 1;
          }
        }
      }
      return 0;
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
