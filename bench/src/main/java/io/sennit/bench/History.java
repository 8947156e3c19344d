package io.sennit.bench;

import io.sennit.node.Sennit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/// Fills a machine with events.
final class History {
  private static final int UNDER_WAY_MAX = 64;

  private History() {}

  /// Appends so many events in calls of so many each. Calls of one wait for each other, so that
  /// every event gets a seal of its own.
  static void write(Sennit sennit, int events, int perCall) {
    var underWay = new ArrayDeque<CompletableFuture<?>>();
    for (int from = 0; from < events; from += perCall) {
      var jsons = new ArrayList<String>(perCall);
      for (int i = from; i < Math.min(events, from + perCall); i++) {
        jsons.add(Sample.json(0, i));
      }
      underWay.add(sennit.append(jsons));
      if (perCall == 1 || underWay.size() > UNDER_WAY_MAX) {
        underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
  }
}
