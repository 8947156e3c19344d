package io.sennit.bench;

import io.sennit.node.Sennit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a history takes on the disk, and how long a new process needs until it appends to it.
final class RestartBench {
  private static final int EVENTS = 1_000_000;
  private static final int ROUNDS = 5;

  private RestartBench() {}

  static Result run() throws IOException, InterruptedException {
    try (var folder = Folder.fresh()) {
      var directory = folder.in("a");
      Sennit.init(directory, "bench");
      double eventSizeBytes;
      try (var sennit = Sennit.open(directory)) {
        History.write(sennit, EVENTS, 256);
        eventSizeBytes = sennit.get(EVENTS / 2).orElseThrow().event().body().length;
      }
      double log = Folder.usedBytes(directory.resolve("log"));
      double allocated = Folder.sizeBytes(directory.resolve("log"));
      double index = Folder.sizeBytes(directory.resolve("index"));
      var restarts = new ArrayList<Double>();
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        var process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Bench.class.getName(),
                    "append-once",
                    directory.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
          throw new IllegalStateException("the restarted machine failed");
        }
        restarts.add((System.nanoTime() - begin) / 1e6);
        System.err.printf("  restart, round %d of %d%n", round + 1, ROUNDS);
      }
      return new Result(
          "restart",
          "A machine writes "
              + EVENTS
              + " small orders in calls of 256 and is closed. On the disk: what the files take then; the orders are"
              + " alike and compress well. Restart: from the start of a new process, Java included, until its first append is"
              + " durable and the process has closed the store and ended.",
          Surroundings.describe(),
          List.of(
              Figure.once("canonical bytes of one event", "bytes", eventSizeBytes),
              Figure.once("log", "bytes/event", log / EVENTS),
              Figure.once("log with what is preallocated", "bytes/event", allocated / EVENTS),
              Figure.once("index", "bytes/event", index / EVENTS),
              new Figure("restart", "ms", restarts)));
    }
  }

  /// What the new process does.
  static void appendOnce(Path directory) {
    try (var sennit = Sennit.open(directory)) {
      sennit.append(Sample.json(1, System.nanoTime() & 0xFFFF)).join();
    }
  }
}
