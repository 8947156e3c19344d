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
  private volatile long nextCapacityBytes;

  /// Bytes of the next segment that are on the disk; all of them when it is ready.
  private volatile long madeBytes;

  private @Nullable CompletableFuture<Long> making;
  private volatile long makingBytes;
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
    if (making != null && making.isCompletedExceptionally()) {
      making = null; // there may be room by now
    }
    if (making == null) {
      long capacityBytes = capacityBytes();
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

  /// Capacity of the next segment: smaller than planned where an eighth of what is free is.
  private long capacityBytes() {
    long capacityBytes = nextCapacityBytes;
    long freeBytes = disk.freeBytes(path.resolveSibling(""));
    while (capacityBytes > options.segmentSizeBytesMin() && capacityBytes > freeBytes / 8) {
      capacityBytes /= 2;
    }
    return Math.max(capacityBytes, options.segmentSizeBytesMin());
  }

  /// What must be free so that the next segment can be made.
  long neededBytes() {
    long made = madeBytes;
    return made > 0 ? Math.max(0, makingBytes - made) : capacityBytes();
  }

  private void make(long capacityBytes) throws IOException {
    makingBytes = capacityBytes;
    try (var file = disk.open(path)) {
      for (long at = 0; at < capacityBytes && !closed; at += CHUNK_SIZE_BYTES) {
        long to = Math.min(capacityBytes, at + CHUNK_SIZE_BYTES);
        Zeros.write(file, at, to);
        madeBytes = to;
      }
      file.sync();
    } catch (IOException e) {
      madeBytes = 0;
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /// Moves the spare to `target`.
  ///
  /// @param sizeBytesMin what it must have room for
  /// @return its capacity
  long take(Path target, long sizeBytesMin) throws IOException {
    long capacityBytes;
    if (making == null) {
      capacityBytes = capacityBytes();
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
    madeBytes = 0;
    nextCapacityBytes = Math.min(options.segmentSizeBytesMax(), capacityBytes * 2);
    return Math.max(capacityBytes, sizeBytesMin);
  }

  private static long await(CompletableFuture<Long> making) throws IOException {
    try {
      return making.join();
    } catch (CompletionException e) {
      throw new IOException("the next segment of the log could not be made", e.getCause());
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
