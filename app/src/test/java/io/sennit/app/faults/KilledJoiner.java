package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.node.Sennit;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A joiner is killed while it copies, and goes on where it was; a gate before its peer makes sure
/// that it has begun and cannot have finished.
final class KilledJoiner implements Fault {
  private static final int EVENTS = 20_000;
  private static final int KILLS = 3;

  @Override
  public String name() {
    return "killed-joiner";
  }

  @Override
  public String how() {
    return "kill −9 of a joiner, behind a gate that lets the history through drop by drop, at three random"
        + " moments of a round; then the gate opens";
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
      try (var fleet = new Fleet(folder.resolve("round-" + round));
          var gate = new Gate(0)) {
        fleet.fill(0, EVENTS);
        fleet.startBehind(gate, 0);
        fleet.join(1, gate.address());
        long kept = 1;
        for (int kill = 0; kill < KILLS; kill++) {
          var joiner = fleet.startHidden(1);
          long enough = kept + random.nextInt(EVENTS / (KILLS + 2));
          Fleet.until(
              "enough",
              () -> {
                gate.pass(16_000);
                return joiner.events() > enough;
              });
          fleet.kill(1);
          try (var sennit = Sennit.open(fleet.dir(1))) {
            assertThat(sennit.verify(_ -> {})).isEmpty();
            assertThat(sennit.count()).isBetween(kept + 1, (long) EVENTS);
            kept = sennit.count();
          }
        }
        resumedAt += kept;
        gate.open();
        assertThat(fleet.start(1).events()).isGreaterThanOrEqualTo(kept);
        fleet.awaitEqual(EVENTS + 1);
        fleet.stopAndVerify();
      }
    }
    return "%,d kills; on average %,d of %,d events were there when it went on for good"
        .formatted(KILLS * rounds, resumedAt / rounds, EVENTS);
  }
}
