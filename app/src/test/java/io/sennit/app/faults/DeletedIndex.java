package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;

/// RocksDB is deleted altogether.
final class DeletedIndex implements Fault {
  @Override
  public String name() {
    return "deleted-index";
  }

  @Override
  public String how() {
    return "kill −9, then the folder `index` is deleted";
  }

  @Override
  public String promise() {
    return "it is built again from the log: same events, same positions, same digest";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    try (var fleet = new Fleet(folder)) {
      fleet.start(0);
      for (int round = 0; round < rounds; round++) {
        fleet.write(0, 1 + random.nextInt(3000));
        var events = fleet.events(0);
        var digest = fleet.daemon(0).digest();
        fleet.kill(0);
        Fleet.delete(fleet.dir(0).resolve("index"));
        assertThat(fleet.start(0).digest()).isEqualTo(digest);
        assertThat(fleet.events(0)).isEqualTo(events);
      }
      fleet.write(0, 1);
      long count = fleet.daemon(0).events();
      fleet.stopAndVerify();
      return "%,d events at the end".formatted(count);
    }
  }
}
