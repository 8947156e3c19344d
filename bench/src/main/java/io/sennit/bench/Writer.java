package io.sennit.bench;

import java.util.concurrent.CompletableFuture;

/// Something that makes records durable.
interface Writer extends AutoCloseable {
  /// Hands over one record; the future completes once it is durable.
  CompletableFuture<?> write(String json);

  @Override
  void close();
}
