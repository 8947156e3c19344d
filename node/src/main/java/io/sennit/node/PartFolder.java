package io.sennit.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The folder of a recording: its parts, and a lock that one recorder holds.
final class PartFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;

  private PartFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Makes it, when it is absent, and locks it.
  static PartFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      var lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(lock)) {
        lock.close();
        throw new SennitException(
            SennitException.Kind.REFUSED,
            "another daemon records to %s: choose another folder".formatted(folder));
      }
      return new PartFolder(folder, lock);
    } catch (IOException e) {
      throw refused(folder, e);
    }
  }

  private static boolean locks(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException _) { // held by this process
      return false;
    }
  }

  private static SennitException refused(Path folder, IOException e) {
    return new SennitException(
        SennitException.Kind.REFUSED,
        "nothing can be recorded to %s: %s".formatted(folder, e.getMessage()),
        e);
  }

  /// The parts of a recording, the oldest first.
  static List<Path> parts(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> PartFormat.number(file) > 0).sorted().toList();
    }
  }

  /// Number of the last part, or 0.
  long last() {
    var parts = parts();
    return parts.isEmpty() ? 0 : PartFormat.number(parts.getLast());
  }

  long sizeBytes() {
    try {
      return sizeBytes(parts());
    } catch (IOException e) {
      throw refused(folder, e);
    }
  }

  private List<Path> parts() {
    try {
      return parts(folder);
    } catch (IOException e) {
      throw refused(folder, e);
    }
  }

  private static long sizeBytes(List<Path> parts) throws IOException {
    long sum = 0;
    for (var part : parts) {
      sum += Files.size(part);
    }
    return sum;
  }

  /// Deletes the oldest parts until the others take no more than this; answers how much they take.
  long makeRoom(long sizeBytesMax) throws IOException {
    var parts = parts(folder);
    long sum = sizeBytes(parts);
    for (var oldest : parts) {
      if (sum <= sizeBytesMax) {
        break;
      }
      sum -= Files.size(oldest);
      Files.delete(oldest);
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw refused(folder, e);
    }
  }
}
