package io.sennit.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Durable appending, one machine alone, beside a bare file.
final class AppendBench {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 3_000_000_000L;
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  private AppendBench() {}

  static Result run() throws IOException, InterruptedException {
    int eventSizeBytes = eventSizeBytes();
    var figures = new ArrayList<Figure>();
    for (var clients : Clients.ALL) {
      var file = new ArrayList<Double>();
      var sennit = new ArrayList<Double>();
      for (int round = 0; round <= ROUNDS; round++) {
        try (var folder = Folder.fresh()) {
          try (var writer = new BareFile(folder.in("file"), eventSizeBytes)) {
            clients.load(writer, WARM_UP_NANOS / 4);
            double rate = clients.load(writer, ROUND_NANOS);
            if (round > 0) { // the first one lets the compiler warm up
              file.add(rate);
            }
          }
          try (var writer = new SennitWriter(folder.in("machine"))) {
            clients.load(writer, WARM_UP_NANOS);
            double rate = clients.load(writer, ROUND_NANOS);
            if (round > 0) {
              sennit.add(rate);
            }
          }
        }
        System.err.printf("  %s, round %d of %d%n", clients.name(), round, ROUNDS);
      }
      var limit = new Figure("bare file, " + clients.name(), "records/s", file);
      var ours = new Figure("Sennit, " + clients.name(), "events/s", sennit);
      figures.addAll(List.of(limit, ours, ours.over(limit, "ratio, " + clients.name())));
    }
    return new Result(
        "append",
        "Small orders are appended on one machine alone; an append counts when its answer is here, after the"
            + " fsync. The limit is a preallocated file into which one thread writes whatever waits, with length"
            + " and checksum, and syncs once for all of it; its records are as large as the events ("
            + eventSizeBytes
            + " bytes). Both take turns. Pipelined is one caller with up to "
            + Clients.WINDOW
            + " appends under way.",
        Surroundings.describe(),
        figures);
  }

  private static int eventSizeBytes() {
    try (var folder = Folder.fresh();
        var writer = new SennitWriter(folder.in("machine"))) {
      return writer.write(Sample.json(0, 0)).join().event().body().length;
    }
  }
}
