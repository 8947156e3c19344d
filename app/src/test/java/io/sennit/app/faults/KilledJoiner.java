package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.node.Sennit;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A joiner is killed while it copies, and goes on where it was; a gate before its peer makes sure
/// that it has begun and cannot have finished.
final class KilledJoiner implements Fault {
  private static final int EVENTS = 20_000;

  @Override
  public String name() {
    return "killed-joiner";
  }

  @Override
  public String how() {
    return "kill −9 of a joiner, behind a gate that lets a random part of the history through, three times in a"
        + " round; then the gate opens";
  }

  @Override
  public String promise() {
    return "what it holds is a whole store, nothing that was durable is copied twice, and it ends equal";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    long resumedAt = 0;
    for (int round = 0; round < rounds; round++) {
      try (var fleet = new Fleet(folder.resolve("round-" + round))) {
        fleet.fill(0, EVENTS);
        fleet.start(0);
        long kept = 1;
        fleet.join(1);
        for (int kill = 0; kill < 3; kill++) {
          try (var gate = new Gate(fleet.address(0), 30_000 + random.nextInt(120_000))) {
            var joiner = fleet.start(1);
            joiner.door().connect(gate.address().toString());
            long before = kept;
            Fleet.until("a beginning", () -> joiner.events() > before);
            fleet.kill(1);
          }
          try (var sennit = Sennit.open(fleet.dir(1))) {
            assertThat(sennit.verify(_ -> {})).isEmpty();
            assertThat(sennit.count()).isBetween(kept, (long) EVENTS);
            kept = sennit.count();
          }
        }
        resumedAt += kept;
        fleet.start(1).door().connect(fleet.address(0).toString());
        assertThat(fleet.daemon(1).events()).isGreaterThanOrEqualTo(kept);
        fleet.awaitEqual(EVENTS + 1);
        fleet.stopAndVerify();
      }
    }
    return "%,d kills; on average %,d of %,d events were there when it went on"
        .formatted(3 * rounds, resumedAt / rounds, EVENTS);
  }
}
