package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.node.Sennit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine whose process is killed while it copies goes on where it was, and ends identical.
final class KilledJoinerTest {
  private static final int BATCHES = 30 * 6;
  private static final int BATCH = 1_000;
  private static final int EVENTS = 1 + BATCHES * BATCH;

  @Test
  void aJoinerThatIsKilledHalfWayResumes(@TempDir Path folder) {
    try (var machines = new Machines(folder)) {
      machines.found();
      fill(machines.dir(0));
      var first = machines.start(0);
      machines.join(1);
      var joiner = machines.start(1);
      await()
          .atMost(Machines.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> joiner.events() > 1);
      joiner.kill();
      long kept;
      try (var sennit = Sennit.open(machines.dir(1))) {
        kept = sennit.count();
      }
      assertThat(kept).isBetween(2L, EVENTS - 1L);
      var again = machines.start(1);
      assertThat(again.events())
          .as("nothing that was durable is lost")
          .isGreaterThanOrEqualTo(kept);
      machines.awaitEqual(List.of(first, again), EVENTS);
      machines.stopAndVerify(2);
    }
  }

  private static void fill(Path dir) {
    var text = "x".repeat(400);
    try (var sennit = Sennit.open(dir)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        int from = batch * BATCH;
        var objects =
            IntStream.range(from, from + BATCH)
                .mapToObj(n -> "{\"n\":" + n + ",\"text\":\"" + text + "\"}")
                .toList();
        var appended = sennit.append(objects);
        if (batch == BATCHES - 1) {
          appended.join();
        }
      }
    }
  }
}
