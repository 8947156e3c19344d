package io.sennit.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/// zstd, fast, with tables and room that are kept from one block to the next: making them anew
/// costs more than compressing a small block. Any thread; one at a time.
final class Compressor implements AutoCloseable {
  private static final int LEVEL = 1;

  /// Room for larger blocks is not kept.
  private static final int KEPT_SIZE_BYTES_MAX = 1 << 20;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] room = new byte[0];

  /// The block compressed, or the block itself when that is not smaller.
  synchronized byte[] smaller(byte[] block) {
    int bound = Math.toIntExact(Zstd.compressBound(block.length));
    var target = bound <= room.length ? room : new byte[bound];
    int size = context.compressByteArray(target, 0, bound, block, 0, block.length);
    if (bound <= KEPT_SIZE_BYTES_MAX) {
      room = target;
    }
    return size < block.length ? Arrays.copyOf(target, size) : block;
  }

  @Override
  public synchronized void close() {
    context.close();
  }
}
