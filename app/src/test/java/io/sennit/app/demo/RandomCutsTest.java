package io.sennit.app.demo;

import io.sennit.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes write, are cut apart and healed at random, and end identical.
final class RandomCutsTest {
  private static final int CUTS = 20;
  private static final int APPENDS_MAX = 12;

  @Test
  void threeMachinesCutAndHealedAtRandomEndIdentical(@TempDir Path folder) {
    Seeds.check(
        1,
        random -> {
          try (var machines = new Machines(folder)) {
            machines.found();
            machines.start(0);
            machines.join(1);
            machines.join(2);
            var running = List.of(machines.started(0), machines.start(1), machines.start(2));
            machines.awaitConnected(running);
            long events = 1;
            for (int cut = 0; cut < CUTS; cut++) {
              for (var daemon : running) {
                events += write(daemon, random);
              }
              change(running, random);
            }
            healAll(running);
            machines.awaitEqual(running, events);
            machines.stopAndVerify(running.size());
          }
        });
  }

  private static int write(Daemon daemon, SplittableRandom random) {
    int appends = random.nextInt(APPENDS_MAX);
    if (appends > 0) {
      daemon.door().append(IntStream.range(0, appends).mapToObj("{\"n\":%d}"::formatted).toList());
    }
    return appends;
  }

  /// Cuts the link of one pair, or restores it.
  private static void change(List<Daemon> running, SplittableRandom random) {
    int one = random.nextInt(running.size());
    var a = running.get(one);
    var b = running.get((one + 1) % running.size());
    if (random.nextInt(3) > 0) {
      a.door().disconnect(b.listen());
      b.door().disconnect(a.listen());
    } else {
      a.door().connect(b.listen());
      b.door().connect(a.listen());
    }
  }

  private static void healAll(List<Daemon> running) {
    for (var a : running) {
      for (var b : running) {
        if (a != b) {
          a.door().connect(b.listen());
        }
      }
    }
  }
}
