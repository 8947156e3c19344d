package io.sennit.app.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Damages the log of a machine that stands still.
public final class LogDamage {
  private static final int FILE_HEADER_BYTES = 128;
  private static final int LENGTH_OFFSET = 136;

  private LogDamage() {}

  /// Flips a bit in the second record: the first holds R alone.
  public static void inSecondRecord(Path dir) throws IOException {
    var file = dir.resolve("log").resolve("00000001.log").toFile();
    try (var log = new RandomAccessFile(file, "rw")) {
      log.seek(LENGTH_OFFSET);
      int first = log.readInt();
      long at = FILE_HEADER_BYTES + first + 100L;
      log.seek(at);
      int before = log.read();
      log.seek(at);
      log.write(before ^ 0x40);
    }
  }
}
