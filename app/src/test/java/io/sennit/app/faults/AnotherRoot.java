package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;

/// Machines of two federations are connected to each other.
final class AnotherRoot implements Fault {
  @Override
  public String name() {
    return "another-root";
  }

  @Override
  public String how() {
    return "a machine is told to connect to one of another federation, in both directions";
  }

  @Override
  public String promise() {
    return "refused with the reason on both sides; neither takes an event of the other";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    try (var ours = new Fleet(folder.resolve("ours"));
        var theirs = new Fleet(folder.resolve("theirs"))) {
      ours.start(0);
      theirs.start(0);
      ours.daemon(0).door().connect(theirs.daemon(0).listen());
      theirs.daemon(0).door().connect(ours.daemon(0).listen());
      for (int round = 0; round < rounds; round++) {
        ours.write(0, 1 + random.nextInt(20));
        theirs.write(0, 1 + random.nextInt(20));
        for (var fleet : new Fleet[] {ours, theirs}) {
          Fleet.until("the refusal", () -> fleet.daemon(0).door().status().contains("federation"));
        }
      }
      assertThat(ours.events(0).keySet()).doesNotContainAnyElementsOf(theirs.events(0).keySet());
      ours.stopAndVerify();
      theirs.stopAndVerify();
    }
    return "nothing was mixed";
  }
}
