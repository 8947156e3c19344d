package io.sennit.bench;

import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A new machine copies a whole history over loopback, with every check, until it is durable and
/// proven equal.
final class JoinBench {
  private static final int EVENTS = 200_000;
  private static final int EVENTS_ALONE = 10_000;
  private static final int ROUNDS = 3;
  private static final Address LOOPBACK = Address.parse("127.0.0.1:0");

  private JoinBench() {}

  static Result run() throws IOException, InterruptedException {
    var figures = new ArrayList<Figure>();
    figures.add(copies(EVENTS, 256));
    figures.add(copies(EVENTS_ALONE, 1));
    return new Result(
        "join",
        "One machine holds a history; a second one, fresh, in the same process and so on the same cores, connects"
            + " over TLS on loopback. The time ends when it holds every event durably and both digests are equal;"
            + " every hash and every seal is checked. Written in batches means 256 events for each seal, one"
            + " by one means a seal for each event.",
        Surroundings.describe(),
        figures);
  }

  private static Figure copies(int events, int perCall) throws InterruptedException {
    var name = (perCall == 1 ? "one by one, " : "in batches, ") + events + " events";
    var rates = new ArrayList<Double>();
    try (var folder = Folder.fresh()) {
      Sennit.init(folder.in("a"), "bench");
      try (var a = Sennit.open(folder.in("a"))) {
        History.write(a, events, perCall);
        var ticket = a.invite(List.of(a.listen(LOOPBACK)));
        for (int round = 0; round <= ROUNDS; round++) {
          var directory = folder.in("b" + round);
          Sennit.join(directory, ticket);
          try (var b = Sennit.open(directory)) {
            long begin = System.nanoTime();
            b.connectKnownPeers();
            while (b.count() < a.count() || !b.status().digest().equals(a.status().digest())) {
              Thread.sleep(1);
            }
            if (round > 0) { // the first one warms up
              rates.add(events * 1e9 / (System.nanoTime() - begin));
            }
          }
          System.err.printf("  %s, round %d of %d%n", name, round, ROUNDS);
        }
      }
    }
    return new Figure(name, "events/s", rates);
  }
}
