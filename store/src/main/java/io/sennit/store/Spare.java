package io.sennit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The next segment: a file of zeros, made while the present one is being filled.
final class Spare implements AutoCloseable {
  private static final int CHUNK_SIZE_BYTES = 1 << 20;

  private final Path path;
  private final StoreOptions options;
  private final Disk disk;
  private long nextCapacityBytes;
  private @Nullable CompletableFuture<Long> making;
  private volatile boolean closed;

  Spare(Path path, StoreOptions options, Disk disk) {
    this.path = path;
    this.options = options;
    this.disk = disk;
    this.nextCapacityBytes = options.segmentSizeBytesMin();
  }

  /// A segment of this capacity is in use; the next one will be larger.
  void grow(long capacityBytes) {
    nextCapacityBytes = Math.min(options.segmentSizeBytesMax(), capacityBytes * 2);
  }

  /// Begins to make it in the background, unless that has begun.
  void prepare() {
    if (making == null) {
      long capacityBytes = nextCapacityBytes;
      var made = new CompletableFuture<Long>();
      making = made;
      Thread.ofPlatform()
          .name("sennit-spare")
          .daemon()
          .start(() -> {
            try {
              make(capacityBytes);
              made.complete(capacityBytes);
            } catch (IOException | RuntimeException e) {
              made.completeExceptionally(e);
            }
          });
    }
  }

  private void make(long capacityBytes) throws IOException {
    try (var file = disk.open(path)) {
      for (long at = 0; at < capacityBytes && !closed; at += CHUNK_SIZE_BYTES) {
        Zeros.write(file, at, Math.min(capacityBytes, at + CHUNK_SIZE_BYTES));
      }
      file.sync();
    }
  }

  /// Moves the spare to `target`.
  ///
  /// @param sizeBytesMin what it must have room for
  /// @return its capacity
  long take(Path target, long sizeBytesMin) throws IOException {
    long capacityBytes = nextCapacityBytes;
    if (making == null) {
      make(capacityBytes);
    } else {
      capacityBytes = await(making);
      making = null;
    }
    if (capacityBytes < sizeBytesMin) {
      try (var file = disk.open(path)) {
        Zeros.write(file, capacityBytes, sizeBytesMin);
        file.sync();
      }
    }
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    nextCapacityBytes = Math.min(options.segmentSizeBytesMax(), capacityBytes * 2);
    return Math.max(capacityBytes, sizeBytesMin);
  }

  private static long await(CompletableFuture<Long> making) throws IOException {
    try {
      return making.join();
    } catch (CompletionException e) {
      throw new IOException("no room for the next segment of the log", e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (making != null) {
      making.handle((_, _) -> null).join(); // a spare that failed is of no interest any more
      making = null;
    }
    Files.deleteIfExists(path);
  }
}
