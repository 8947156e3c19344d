package io.sennit.node;

import io.sennit.recording.Beginning;
import io.sennit.recording.StepWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes one part of a recording, and never more than it may.
final class PartWriter implements AutoCloseable {
  /// A piece is written when so much waits, or a sixteenth of what the part may take.
  private static final int PIECE_SIZE_BYTES_MAX = 256 * 1024;

  /// What is kept for the words at the end.
  private static final int END_SIZE_BYTES_MAX = 1024;

  private final FileChannel file;
  private final long sizeBytesMax;
  private final StepWriter steps;
  private long sizeBytes;
  private boolean full;

  PartWriter(Path path, Beginning beginning, long sizeBytesMax) throws IOException {
    this.sizeBytesMax = sizeBytesMax - END_SIZE_BYTES_MAX;
    this.steps = new StepWriter(beginning);
    this.file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            forTheOwner(path));
    write(ByteBuffer.wrap(PartFormat.MARK));
  }

  /// It holds whatever the machine was told.
  private static FileAttribute<?>[] forTheOwner(Path path) throws IOException {
    return Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// Where the next step goes; what was put there is written soon.
  StepWriter steps() {
    return steps;
  }

  /// Writes what waits, if that is enough for a piece.
  boolean writeIfMuch() throws IOException {
    boolean much = steps.sizeBytes() >= Math.min(PIECE_SIZE_BYTES_MAX, sizeBytesMax / 16);
    if (much) {
      writeAll();
    }
    return much;
  }

  /// Writes what waits, unless the part is full.
  void writeAll() throws IOException {
    if (steps.sizeBytes() == 0) {
      return;
    }
    var frame = PartFormat.piece(steps.take(), sizeBytes);
    full |= sizeBytes + frame.remaining() > sizeBytesMax;
    if (!full) {
      write(frame);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      sizeBytes += file.write(bytes);
    }
  }

  /// Whether steps were left out because there was no room for them.
  boolean full() {
    return full;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /// The part ends here on purpose.
  ///
  /// @param why at most a few hundred characters
  void end(String why) throws IOException {
    write(PartFormat.end(why, sizeBytes));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
