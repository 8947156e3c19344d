package io.sennit.node;

import io.sennit.event.Run;
import io.sennit.event.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Checks the seals of many runs on all cores, before the driver asks for their verdicts.
///
/// Whoever hands them in checks along with the others. A parallel stream would leave that out: the
/// threads that read links are virtual, and do not work in its pool while they wait for it.
final class SealChecks implements AutoCloseable {
  private static final int HELPERS = Runtime.getRuntime().availableProcessors() - 1;

  private final Seals seals;
  private final ExecutorService helpers =
      Executors.newFixedThreadPool(
          Math.max(1, HELPERS), Thread.ofPlatform().name("sennit-seals-", 0).daemon().factory());

  SealChecks(Seals seals) {
    this.seals = seals;
  }

  /// Returns when every run knows its verdict.
  void check(List<Run> runs) {
    var next = new AtomicInteger();
    var helping = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < Math.min(HELPERS, runs.size() - 1); i++) {
      helping.add(CompletableFuture.runAsync(() -> checkSome(runs, next), helpers));
    }
    checkSome(runs, next);
    helping.forEach(CompletableFuture::join);
  }

  private void checkSome(List<Run> runs, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < runs.size(); i = next.getAndIncrement()) {
      runs.get(i).sealedBy(seals);
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
