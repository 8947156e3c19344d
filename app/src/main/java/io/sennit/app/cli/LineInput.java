package io.sennit.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads lines as bytes and counts them. What is too long for an event, however it is written, is
/// cut, so that no line fills the memory.
final class LineInput {
  /// Bytes of a line that are kept.
  static final int LINE_SIZE_BYTES_MAX = 2 * 1024 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int filled;
  private long number;

  LineInput(InputStream in) {
    this.in = in;
  }

  /// The number of the line that was read last, from 1.
  long number() {
    return number;
  }

  /// The next line without its end, or null after the last one.
  byte @Nullable [] next() throws IOException {
    var line = new byte[0];
    boolean begun = false;
    while (at < filled || fill()) {
      if (!begun) {
        begun = true;
        number++;
      }
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      line = join(line, end);
      boolean whole = end < filled;
      at = whole ? end + 1 : end;
      if (whole) {
        return line;
      }
    }
    return begun ? line : null;
  }

  private byte[] join(byte[] line, int end) {
    int added = Math.min(end - at, LINE_SIZE_BYTES_MAX - line.length);
    if (line.length == 0) {
      return Arrays.copyOfRange(buffer, at, at + added);
    }
    var joined = Arrays.copyOf(line, line.length + added);
    System.arraycopy(buffer, at, joined, line.length, added);
    return joined;
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }
}
