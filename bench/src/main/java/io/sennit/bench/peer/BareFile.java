package io.sennit.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;

/// The limit of durable appending: one preallocated file, one thread that writes whatever waits and
/// syncs it once. No events, no hashes, no seals, no index: length, checksum, bytes.
public final class BareFile implements Writer {
  /// The name of one whose bytes were all written before.
  public static final String PREALLOCATED = "bare file, preallocated";

  /// The name of one that grows with each write.
  public static final String GROWING = "bare file, growing";

  private static final long SIZE_BYTES = 1L << 28;
  private static final int BUFFER_SIZE_BYTES = 4 << 20;

  /// One entry for each record that waits.
  private final LinkedBlockingQueue<CompletableFuture<Void>> queue = new LinkedBlockingQueue<>();

  private final boolean preallocated;
  private final FileChannel file;
  private final byte[] record;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE_BYTES);
  private final Thread thread = Thread.ofPlatform().name("bare-file").unstarted(this::run);
  private volatile boolean closed;
  private long writtenBytes;

  /// @param recordSizeBytes of each record; what it says does not matter here
  public BareFile(Path path, int recordSizeBytes, boolean preallocated) {
    this.preallocated = preallocated;
    record = new byte[recordSizeBytes];
    try {
      file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ);
      if (preallocated) {
        preallocate();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.start();
  }

  private void preallocate() throws IOException {
    var zeros = ByteBuffer.allocateDirect(BUFFER_SIZE_BYTES);
    for (long at = 0; at < SIZE_BYTES; at += zeros.capacity()) {
      zeros.clear();
      file.write(zeros, at);
    }
    file.force(true);
  }

  @Override
  public CompletableFuture<Void> write(Order order) {
    var durable = new CompletableFuture<Void>();
    queue.add(durable);
    return durable;
  }

  private void run() {
    var batch = new ArrayList<CompletableFuture<Void>>();
    var checksum = new CRC32C();
    try {
      while (!closed || !queue.isEmpty()) {
        batch.clear();
        batch.add(queue.take());
        int room = BUFFER_SIZE_BYTES / (record.length + 8) - 1;
        queue.drainTo(batch, room);
        buffer.clear();
        for (int i = 0; i < batch.size(); i++) {
          checksum.reset();
          checksum.update(record);
          buffer.putInt(record.length);
          buffer.putInt((int) checksum.getValue());
          buffer.put(record);
        }
        buffer.flip();
        if (preallocated && writtenBytes + buffer.limit() > SIZE_BYTES) {
          writtenBytes = 0; // begin again at the front: the file stays preallocated
        }
        long at = writtenBytes;
        while (buffer.hasRemaining()) {
          at += file.write(buffer, at);
        }
        writtenBytes = at;
        file.force(false);
        batch.forEach(durable -> durable.complete(null));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    var _ = write(new Order(0, 0)); // wakes the thread
    try {
      thread.join();
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
