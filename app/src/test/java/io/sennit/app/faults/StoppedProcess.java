package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A process stands still while its peer writes on.
final class StoppedProcess implements Fault {
  private static final int EVENTS = 5_000;
  private static final long MEMORY_KIBIBYTES_MAX = 700 * 1024;
  private final long stillNanos;

  /// @param stillSeconds how long it stands still at least
  StoppedProcess(long stillSeconds) {
    this.stillNanos = stillSeconds * 1_000_000_000L;
  }

  @Override
  public String name() {
    return "stopped-process";
  }

  @Override
  public String how() {
    return "SIGSTOP for %d s at least while the peer writes %,d events a round, then SIGCONT"
        .formatted(stillNanos / 1_000_000_000L, EVENTS);
  }

  @Override
  public String promise() {
    return "the peer writes on, its memory stays bounded, and both end equal";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    long peak = 0;
    try (var fleet = new Fleet(folder)) {
      fleet.start(0);
      fleet.join(1, fleet.address(0));
      fleet.start(1);
      fleet.connect(0, 1);
      long events = 1;
      for (int round = 0; round < rounds; round++) {
        fleet.write(1, 1 + random.nextInt(100));
        events = fleet.daemon(1).events();
        fleet.awaitEqual(events);
        signal("STOP", fleet.daemon(1).pid());
        try {
          long begin = System.nanoTime();
          for (int written = 0; written < EVENTS || System.nanoTime() - begin < stillNanos; ) {
            fleet.write(0, 500);
            written += 500;
            events += 500;
          }
          peak = Math.max(peak, memoryKibibytes(fleet.daemon(0).pid()));
        } finally {
          signal("CONT", fleet.daemon(1).pid());
        }
        fleet.awaitEqual(events);
      }
      fleet.stopAndVerify();
    }
    assertThat(peak).as("memory of the peer").isLessThan(MEMORY_KIBIBYTES_MAX);
    return "the peer took %,d MiB at most".formatted(peak / 1024);
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private static long memoryKibibytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
