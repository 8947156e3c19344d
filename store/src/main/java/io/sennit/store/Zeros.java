package io.sennit.store;

import io.sennit.store.Disk.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Filling files with zeros, and finding what is not zero.
final class Zeros {
  private static final int CHUNK_SIZE_BYTES = 1 << 20;

  private Zeros() {}

  static boolean only(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean only(Segment segment) {
    long size = segment.sizeBytes();
    for (long at = 0; at < size; at += CHUNK_SIZE_BYTES) {
      if (!only(segment.read(at, CHUNK_SIZE_BYTES))) {
        return false;
      }
    }
    return true;
  }

  static void write(LogFile file, long from, long to) throws IOException {
    var chunk = ByteBuffer.allocate((int) Math.min(CHUNK_SIZE_BYTES, to - from));
    for (long at = from; at < to; at += chunk.capacity()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), to - at));
      file.write(chunk, at);
    }
  }

  /// Overwrites with zeros what is not zero already.
  static void wipe(Segment segment, LogFile file, long from, long to) throws IOException {
    for (long at = from; at < to; at += CHUNK_SIZE_BYTES) {
      int length = (int) Math.min(CHUNK_SIZE_BYTES, to - at);
      if (!only(segment.read(at, length))) {
        write(file, at, at + length);
      }
    }
  }

  /// Writes what a segment holds once more, unchanged.
  static void copyOnto(Segment segment, LogFile file, long from, long to) throws IOException {
    for (long at = from; at < to; at += CHUNK_SIZE_BYTES) {
      int length = (int) Math.min(CHUNK_SIZE_BYTES, to - at);
      file.write(ByteBuffer.wrap(segment.read(at, length)), at);
    }
  }
}
