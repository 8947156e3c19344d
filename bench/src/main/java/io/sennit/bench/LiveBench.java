package io.sennit.bench;

import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// From an append on one machine until a reader on another one has the event, durable on both.
final class LiveBench {
  private static final int EVENTS = 3_000;
  private static final int WARM_UP = 1_000;
  private static final long EVERY_NANOS = 5_000_000L;
  private static final int ROUNDS = 3;

  private LiveBench() {}

  static Result run() throws IOException, InterruptedException {
    var half = new ArrayList<Double>();
    var most = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      var micros = micros();
      half.add(micros[micros.length / 2]);
      most.add(micros[micros.length * 99 / 100]);
      System.err.printf("  live, round %d of %d%n", round + 1, ROUNDS);
    }
    return new Result(
        "live",
        "200 events a second are appended on one machine, at even times; a reader on another one, in the same"
            + " process, linked over TLS on loopback, gets each of them once it is durable there. The time begins"
            + " before the append.",
        Surroundings.describe(),
        List.of(
            new Figure("half of the events within", "µs", half),
            new Figure("99 of 100 events within", "µs", most)));
  }

  private static double[] micros() throws InterruptedException {
    var seen = new ConcurrentHashMap<Object, Long>();
    try (var folder = Folder.fresh()) {
      Sennit.init(folder.in("a"), "bench");
      try (var a = Sennit.open(folder.in("a"))) {
        Sennit.join(folder.in("b"), a.invite(List.of(a.listen(Address.parse("127.0.0.1:0")))));
        try (var b = Sennit.open(folder.in("b"))) {
          b.connectKnownPeers();
          try (var _ = b.subscribe(1, entry -> seen.put(entry.event().id(), System.nanoTime()))) {
            var said = new long[EVENTS];
            var ids = new Object[EVENTS];
            long next = System.nanoTime();
            for (int i = -WARM_UP; i < EVENTS; i++) {
              next += EVERY_NANOS;
              LockSupport.parkNanos(next - System.nanoTime());
              long begin = System.nanoTime();
              var entry = a.append(Sample.json(0, i + WARM_UP)).join();
              if (i >= 0) {
                said[i] = begin;
                ids[i] = entry.event().id();
              }
            }
            while (!Arrays.stream(ids).allMatch(seen::containsKey)) {
              Thread.sleep(1);
            }
            var micros = new double[EVENTS];
            Arrays.setAll(micros, i -> (seen.getOrDefault(ids[i], 0L) - said[i]) / 1e3);
            Arrays.sort(micros);
            return micros;
          }
        }
      }
    }
  }
}
