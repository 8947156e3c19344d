package io.sennit.node;

import java.nio.file.Path;

/// Where and how a machine is recorded.
///
/// @param folder of its own; it is made when it is absent
/// @param sizeBytesMax the files in it never take more
/// @param keep what to do when the recording is full
public record RecordingOptions(Path folder, long sizeBytesMax, Keep keep) {
  /// With less, a machine that is read by its peers would begin again and again.
  public static final long SIZE_BYTES_MIN = 16L << 20;

  /// Of a recording is kept, when it is full.
  public enum Keep {
    /// What happened last: a fresh machine takes over, as after a restart, and the oldest part
    /// goes.
    LAST,
    /// What happened first: recording ends. The machine is never touched.
    FIRST
  }

  void requireSize() {
    if (sizeBytesMax < SIZE_BYTES_MIN) {
      throw new IllegalArgumentException(
          "a recording needs at least 16 MiB, not %,d bytes".formatted(sizeBytesMax));
    }
  }

  /// A part, and what comes before it, may take half each.
  long partSizeBytesMax() {
    return sizeBytesMax / 2;
  }
}
