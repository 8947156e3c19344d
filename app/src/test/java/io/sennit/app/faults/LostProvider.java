package io.sennit.app.faults;

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
    return "kill −9 of the machine that a joiner copies from, once a random part of the history has passed a gate";
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
      try (var fleet = new Fleet(folder.resolve("round-" + round))) {
        fleet.fill(0, EVENTS);
        fleet.start(0);
        fleet.join(2, fleet.address(0));
        fleet.start(2);
        fleet.awaitEqual(EVENTS + 1);
        try (var gate = new Gate(fleet.address(0), 30_000 + random.nextInt(300_000))) {
          fleet.join(1);
          var joiner = fleet.start(1);
          joiner.door().connect(gate.address().toString());
          Fleet.until("a beginning", () -> joiner.events() > 1);
          fleet.kill(0);
          taken += joiner.events();
        }
        fleet.connect(1, 2);
        fleet.awaitEqual(EVENTS + 1);
        fleet.stopAndVerify();
      }
    }
    return "on average %,d of %,d events were there when the provider died"
        .formatted(taken / rounds, EVENTS);
  }
}
