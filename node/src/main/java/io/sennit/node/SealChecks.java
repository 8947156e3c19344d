package io.sennit.node;

import io.sennit.event.Run;
import io.sennit.event.Seals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Checks the seals of many runs on all cores, before the driver asks for their verdicts.
///
/// The threads that read links do not wait for it: they take the next message apart meanwhile.
final class SealChecks implements AutoCloseable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final Seals seals;
  private final ExecutorService checkers =
      Executors.newFixedThreadPool(
          CORES, Thread.ofPlatform().name("sennit-seals-", 0).daemon().factory());

  SealChecks(Seals seals) {
    this.seals = seals;
  }

  /// Completes when every run knows its verdict; fails when a check could not be made.
  CompletableFuture<Void> check(List<Run> runs) {
    var next = new AtomicInteger();
    var parts = new CompletableFuture<?>[Math.min(CORES, runs.size())];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = CompletableFuture.runAsync(() -> checkSome(runs, next), checkers);
    }
    return CompletableFuture.allOf(parts);
  }

  private void checkSome(List<Run> runs, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < runs.size(); i = next.getAndIncrement()) {
      runs.get(i).sealedBy(seals);
    }
  }

  @Override
  public void close() {
    checkers.shutdown();
  }
}
