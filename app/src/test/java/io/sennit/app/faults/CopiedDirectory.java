package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A directory is copied, key and all, and both copies run and write: one machine in two places.
final class CopiedDirectory implements Fault {
  @Override
  public String name() {
    return "copied-directory";
  }

  @Override
  public String how() {
    return "cp -r of a machine's directory; both copies run, write, and are connected to the same peer";
  }

  @Override
  public String promise() {
    return "the machine's chain forks, nothing is lost, and all three end equal";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    long written = 0;
    for (int round = 0; round < rounds; round++) {
      try (var fleet = new Fleet(folder.resolve("round-" + round))) {
        fleet.start(0);
        fleet.write(0, 1 + random.nextInt(50));
        fleet.join(1, fleet.address(0));
        fleet.stop(0);
        Fleet.copy(fleet.dir(0), fleet.dir(2));
        for (int machine = 0; machine < 3; machine++) {
          fleet.start(machine);
        }
        assertThat(machine(fleet, 2)).isEqualTo(machine(fleet, 0));
        long events = fleet.daemon(0).events();
        for (int part = 0; part < 4; part++) {
          int machine = random.nextInt(2) * 2;
          int count = 1 + random.nextInt(40);
          fleet.write(machine, count);
          events += count;
        }
        written += events - 1;
        fleet.connect(0, 1);
        fleet.connect(2, 1);
        fleet.awaitEqual(events);
        fleet.stopAndVerify();
      }
    }
    return "%,d events, all of them on all three".formatted(written);
  }

  private static String machine(Fleet fleet, int machine) {
    return Json.string(Json.read(fleet.daemon(machine).door().status()), "machine");
  }
}
