package io.sennit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk that works until it is told not to.
final class FailingDisk implements Disk {
  volatile boolean refusesWrites;
  volatile boolean refusesSyncs;
  volatile boolean refusesFiles;

  /// What it says is free; the files do not make it less.
  volatile long freeBytes = Long.MAX_VALUE;

  @Override
  public long freeBytes(Path directory) {
    return freeBytes;
  }

  /// Of everything but the segment that is prepared in the background.
  final AtomicInteger syncs = new AtomicInteger();

  /// After so many writes, one is cut in its middle and no more follow.
  final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);

  @Override
  public LogFile open(Path path) throws IOException {
    if (refusesFiles) {
      throw new IOException("No space left on device");
    }
    var real = Disk.REAL.open(path);
    return new LogFile() {
      @Override
      public void write(ByteBuffer bytes, long at) throws IOException {
        if (refusesWrites) {
          throw new IOException("No space left on device");
        }
        int left = writesLeft.getAndUpdate(number -> Math.max(-1, number - 1));
        if (left <= 0) {
          if (left == 0) {
            real.write(bytes.slice(bytes.position(), bytes.remaining() / 2), at);
          }
          throw new IOException("cut off");
        }
        real.write(bytes, at);
      }

      @Override
      public void sync() throws IOException {
        if (!path.endsWith("spare")) {
          syncs.incrementAndGet();
        }
        if (refusesSyncs) {
          throw new IOException("Input/output error");
        }
        real.sync();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
