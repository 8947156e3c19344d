package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Three machines are killed or stopped and started again, several together and without a rest,
/// while all of them are written to.
final class RestartStorm implements Fault {
  private static final int MACHINES = 3;
  private static final int GUSTS = 3;
  private static final int ANSWERS_MAX = 60;

  /// What the writers were told.
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  private final Set<String> wrong = ConcurrentHashMap.newKeySet();
  private final AtomicLong answers = new AtomicLong();

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
              () -> fleet.events(at).keySet().containsAll(acknowledged));
        }
        fleet.awaitEqual();
        assertThat(wrong).as("answers that should not be").isEmpty();
      }
      fleet.stopAndVerify();
    }
    return "%,d restarts; %,d acknowledged, 0 lost, 0 twice"
        .formatted(restarts, acknowledged.size());
  }

  /// @return how many went down and came back
  private int gust(Fleet fleet, SplittableRandom random) throws InterruptedException {
    var writers = new ArrayList<Thread>();
    for (int machine = 0; machine < MACHINES; machine++) {
      var at = fleet.daemon(machine).http();
      writers.add(Thread.startVirtualThread(() -> write(new HttpDoor(at))));
    }
    long enough = answers.get() + 1 + random.nextInt(ANSWERS_MAX);
    Fleet.until("some answers", () -> answers.get() >= enough);
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

  /// Writes until it is interrupted, or its daemon is gone.
  private void write(HttpDoor door) {
    try (door) {
      for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
        for (var line : door.append(List.of("{\"n\":" + n + "}"))) {
          if (!acknowledged.add(Event.uuid(line.event()))) {
            wrong.add("two requests were answered with " + line.event());
          }
          answers.incrementAndGet();
        }
      }
    } catch (Door.RefusedException e) {
      if (e.status() != 503) { // it is gone, or about to
        wrong.add(e.status() + " " + e.getMessage());
      }
    }
  }
}
