package io.sennit.app.faults;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Three machines are killed or stopped and started again, several together and without a rest,
/// while all of them are written to.
final class RestartStorm implements Fault {
  private static final int MACHINES = 3;
  private static final int GUSTS = 3;
  private static final int ANSWERS_MAX = 60;

  private final Answers answers = new Answers();

  @Override
  public String name() {
    return "restart-storm";
  }

  @Override
  public String how() {
    return "some of three machines, each with a writer, are killed or stopped and started again, %d times a round"
        .formatted(GUSTS);
  }

  @Override
  public String promise() {
    return "every event that was acknowledged is on all machines, once, and all end equal";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    int restarts = 0;
    try (var fleet = new Fleet(folder)) {
      fleet.settle(0, random);
      fleet.start(0);
      for (int machine = 1; machine < MACHINES; machine++) {
        fleet.settle(machine, random);
        fleet.join(machine, fleet.address(0));
        fleet.start(machine);
      }
      for (int round = 0; round < rounds; round++) {
        for (int gust = 0; gust < GUSTS; gust++) {
          restarts += gust(fleet, random);
        }
        for (int machine = 0; machine < MACHINES; machine++) {
          int at = machine;
          Fleet.until(
              "all that was acknowledged is on machine " + at,
              () -> answers.missing(fleet, at).isEmpty());
        }
        fleet.awaitEqual();
        answers.requireRight();
      }
      fleet.stopAndVerify();
    }
    return "%,d restarts; %,d acknowledged, 0 lost, 0 twice".formatted(restarts, answers.events());
  }

  /// @return how many went down and came back
  private int gust(Fleet fleet, SplittableRandom random) throws InterruptedException {
    var writers = new ArrayList<Thread>();
    for (int machine = 0; machine < MACHINES; machine++) {
      int at = machine;
      var door = new HttpDoor(fleet.daemon(machine).http());
      writers.add(Thread.startVirtualThread(() -> answers.collect(at, door, RestartStorm::write)));
    }
    answers.await(1 + random.nextInt(ANSWERS_MAX));
    var down = new ArrayList<Integer>();
    for (int machine = 0; machine < MACHINES; machine++) {
      if (random.nextInt(3) > 0) {
        if (random.nextBoolean()) {
          fleet.kill(machine);
        } else {
          fleet.stop(machine);
        }
        down.add(machine);
      }
    }
    down.forEach(fleet::start);
    writers.forEach(Thread::interrupt);
    for (var writer : writers) {
      writer.join();
    }
    return down.size();
  }

  private static List<Door.Line> write(HttpDoor door, int n) {
    return door.append(List.of("{\"n\":" + n + "}"));
  }
}
