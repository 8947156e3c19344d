package io.sennit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.LongAdder;

/// How the log's files are written. Tests put one in between that fails.
interface Disk {
  /// A file that is open for writing; its one owner closes it.
  interface LogFile extends AutoCloseable {
    /// Writes all of it.
    void write(ByteBuffer bytes, long at) throws IOException;

    /// Returns when everything written is durable.
    void sync() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// The real one.
  Disk REAL = RealFile::open;

  /// Opens the file for writing and makes it when it is absent.
  LogFile open(Path path) throws IOException;

  /// Bytes that may still be written below this directory. More than there are when nobody knows.
  default long freeBytes(Path directory) {
    var file = directory.toFile();
    return file.getTotalSpace() == 0 ? Long.MAX_VALUE : file.getUsableSpace();
  }

  /// Size of the disk below this directory, or 0 when nobody knows.
  default long totalBytes(Path directory) {
    return directory.toFile().getTotalSpace();
  }

  /// Makes the names in a directory durable.
  static void syncDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return; // a directory cannot be opened there; NTFS journals its names
    }
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Bytes of all files below a directory; files that vanish meanwhile count as nothing.
  static long sizeBytes(Path directory) {
    var sizeBytes = new LongAdder();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sizeBytes.add(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new StoreException("cannot list " + directory, e);
    }
    return sizeBytes.sum();
  }

  /// A file behind a channel.
  record RealFile(FileChannel channel) implements LogFile {
    static LogFile open(Path path) throws IOException {
      return new RealFile(
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      long position = at;
      while (bytes.hasRemaining()) {
        position += channel.write(bytes, position);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
