package io.sennit.dag;

import java.util.stream.LongStream;

/// That a request which an application gave a key was answered, and with which events.
///
/// It is kept with the first of these events, so that both are durable or neither is. It is local:
/// no peer learns of it.
///
/// @param key what the application calls its request
/// @param fingerprint of what it asked for: SHA-256, 64 hexadecimal digits
/// @param first position of its first event
/// @param count its events stand at `first` and the positions that follow
public record Receipt(String key, String fingerprint, long first, int count) {
  /// As many are kept at least; the oldest go first.
  public static final int KEPT_MIN = 100_000;

  /// Positions of the events, ascending.
  public LongStream positions() {
    return LongStream.range(first, first + count);
  }
}
