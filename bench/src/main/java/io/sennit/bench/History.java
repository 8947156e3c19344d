package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.node.Sennit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/// Fills a machine with events.
final class History {
  private static final int UNDER_WAY_MAX = 64;

  private History() {}

  /// Appends so many events in calls of so many each.
  ///
  /// @param from number of the first order
  static void write(Sennit sennit, int events, int perCall, int from) {
    var underWay = new ArrayDeque<CompletableFuture<?>>();
    for (int done = 0; done < events; done += perCall) {
      var jsons = new ArrayList<String>(perCall);
      for (int i = done; i < Math.min(events, done + perCall); i++) {
        jsons.add(new Order(0, from + i).json());
      }
      underWay.add(sennit.append(jsons));
      if (underWay.size() > UNDER_WAY_MAX) {
        underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
  }
}
