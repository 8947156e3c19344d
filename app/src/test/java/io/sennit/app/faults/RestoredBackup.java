package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;

/// A machine is set back to an old copy of its directory, with or without writing before it meets
/// the others again.
final class RestoredBackup implements Fault {
  @Override
  public String name() {
    return "restored-backup";
  }

  @Override
  public String how() {
    return "kill −9, then the directory is replaced by an older copy; every other round it writes before it meets its"
        + " peer again, and so forks its own chain";
  }

  @Override
  public String promise() {
    return "what the peer had of its events comes back, both end equal";
  }

  @Override
  public int roundsInCheck() {
    return 2;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    long restored = 0;
    long forks = 0;
    try (var fleet = new Fleet(folder.resolve("fleet"))) {
      fleet.start(0);
      fleet.join(1, fleet.address(0));
      fleet.start(1);
      for (int round = 0; round < rounds; round++) {
        fleet.write(0, 1 + random.nextInt(50));
        fleet.stop(0);
        var backup = folder.resolve("backup-" + round);
        Fleet.copy(fleet.dir(0), backup);
        fleet.start(0);
        fleet.connect(0, 1);
        fleet.write(0, 1 + random.nextInt(200));
        fleet.write(1, 1 + random.nextInt(50));
        long events = fleet.daemon(0).events();
        Fleet.until("equal", () -> fleet.daemon(0).digest().equals(fleet.daemon(1).digest()));
        events = fleet.daemon(1).events();
        fleet.kill(0);
        Fleet.delete(fleet.dir(0));
        Fleet.copy(backup, fleet.dir(0));
        fleet.stop(1);
        long old = fleet.start(0).events();
        assertThat(old).isLessThan(events);
        if (round % 2 == 1) {
          int count = 1 + random.nextInt(50);
          fleet.write(0, count);
          events += count;
          forks++;
        }
        fleet.start(1);
        fleet.connect(0, 1);
        fleet.awaitEqual(events);
        restored += events - old;
      }
      fleet.stopAndVerify();
    }
    return "%,d events came back or were new; %d times the chain was forked"
        .formatted(restored, forks);
  }
}
