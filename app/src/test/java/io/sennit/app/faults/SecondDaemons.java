package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Several daemons are started for one directory: first for one that is in use, then for one that
/// is free.
final class SecondDaemons implements Fault {
  private static final int DAEMONS = 3;
  private static final int EVENTS_MAX = 50;

  @Override
  public String name() {
    return "second-daemons";
  }

  @Override
  public String how() {
    return DAEMONS
        + " daemons are started at once for a directory that a daemon uses and is written to, and as many for one that"
        + " is free";
  }

  @Override
  public String promise() {
    return "one runs, the others end with code 3 and one line that says why; what it holds is whole";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    int refused = 0;
    try (var fleet = new Fleet(folder)) {
      long events = 1;
      for (int round = 0; round < rounds; round++) {
        fleet.start(0);
        var late = start(fleet.dir(0));
        while (late.stream().anyMatch(Process::isAlive)) {
          int some = 1 + random.nextInt(EVENTS_MAX);
          fleet.write(0, some);
          events += some;
        }
        for (var each : late) {
          assertThat(refusal(each)).contains("in use by another process").hasLineCount(1);
          refused++;
        }
        fleet.awaitEqual(events);
        fleet.stop(0);
        refused += race(fleet.dir(0), events);
      }
      fleet.stopAndVerify();
    }
    return "%,d refused, %,d ran, one at a time".formatted(refused, 2 * rounds);
  }

  /// @return how many were refused: all but one
  private static int race(Path dir, long events) throws IOException {
    var ready = new ArrayList<Process>();
    for (var each : start(dir)) {
      var line = each.inputReader(StandardCharsets.UTF_8).readLine();
      if (line == null) {
        assertThat(refusal(each)).contains("in use by another process").hasLineCount(1);
      } else {
        assertThat(line).startsWith("ready: " + events + " events");
        ready.add(each);
      }
    }
    assertThat(ready).as("daemons that run").hasSize(1);
    for (var each : ready) {
      each.getOutputStream().close();
      assertThat(each.onExit().join().exitValue()).isZero();
    }
    return DAEMONS - ready.size();
  }

  private static List<Process> start(Path dir) throws IOException {
    var processes = new ArrayList<Process>();
    for (int n = 0; n < DAEMONS; n++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "io.sennit.app.Main",
                  "run",
                  "--until-input-ends",
                  "--dir",
                  dir.toString())
              .start());
    }
    return processes;
  }

  /// What a process that ends with code 3 says on standard error.
  private static String refusal(Process process) throws IOException {
    var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isEqualTo(3);
    return said;
  }
}
