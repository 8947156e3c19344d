package io.sennit.bench.peer;

import java.util.concurrent.CompletableFuture;

/// Something that keeps records.
public interface Writer extends AutoCloseable {
  /// Hands over one record; the future completes once the writer says that it is kept.
  CompletableFuture<?> write(Order order);

  /// Whether [#write] itself waits, in native code or for a socket, so that each client needs a
  /// platform thread.
  default boolean blocks() {
    return false;
  }

  /// Nothing more comes: keeps what it has been collecting.
  default void flush() {}

  @Override
  void close();
}
