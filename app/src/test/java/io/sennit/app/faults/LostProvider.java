package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;

/// The machine that a joiner copies from is killed in the middle, and another takes over.
final class LostProvider implements Fault {
  private static final int EVENTS = 20_000;

  @Override
  public String name() {
    return "lost-provider";
  }

  @Override
  public String how() {
    return "kill −9 of the machine that a joiner copies from, at a random moment, while a gate lets the history through drop by drop";
  }

  @Override
  public String promise() {
    return "the joiner goes on from another machine, and ends equal";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    long taken = 0;
    for (int round = 0; round < rounds; round++) {
      try (var fleet = new Fleet(folder.resolve("round-" + round));
          var gate = new Gate(0)) {
        fleet.fill(0, EVENTS);
        fleet.start(0);
        fleet.join(2, fleet.address(0));
        fleet.start(2);
        fleet.awaitEqual(EVENTS + 1);
        fleet.stop(2);
        fleet.stop(0);
        fleet.startBehind(gate, 0);
        fleet.join(1, gate.address());
        var joiner = fleet.startHidden(1);
        long enough = 1L + random.nextInt(EVENTS * 3 / 4);
        Fleet.until(
            "enough",
            () -> {
              gate.pass(16_000);
              return joiner.events() > enough;
            });
        fleet.kill(0);
        long had = joiner.events();
        assertThat(had).isBetween(2L, (long) EVENTS);
        taken += had;
        fleet.start(2);
        fleet.connect(1, 2);
        fleet.awaitEqual(EVENTS + 1);
        fleet.stopAndVerify();
      }
    }
    return "on average %,d of %,d events were there when the provider died"
        .formatted(taken / rounds, EVENTS);
  }
}
