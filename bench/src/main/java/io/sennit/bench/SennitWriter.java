package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.bench.peer.Writer;
import io.sennit.node.Entry;
import io.sennit.node.Sennit;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// A machine on its own, through its public door.
final class SennitWriter implements Writer {
  private final Sennit sennit;

  SennitWriter(Path directory) {
    Sennit.init(directory, "bench");
    sennit = Sennit.open(directory);
  }

  @Override
  public CompletableFuture<Entry> write(Order order) {
    return sennit.append(order.json());
  }

  @Override
  public void close() {
    sennit.close();
  }
}
