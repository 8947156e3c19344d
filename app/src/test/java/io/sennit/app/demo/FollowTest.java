package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sennit log --follow` beside a daemon that comes and goes.
final class FollowTest {
  private static final int SECONDS_MAX = 30;

  @TempDir Path folder;

  private static Process follow(Object... more) throws IOException {
    var words = new ArrayList<Object>(List.of("log", "--follow", "--json"));
    words.addAll(List.of(more));
    return ProcessesTest.builder(words.toArray()).redirectErrorStream(false).start();
  }

  private static List<Long> positions(BufferedReader from, int lines) throws IOException {
    var positions = new ArrayList<Long>();
    for (int n = 0; n < lines; n++) {
      positions.add(Json.number(Json.read(from.readLine()), "position"));
    }
    return positions;
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void everyEventIsShownOnceAcrossRestartsOfTheDaemon() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      var follower = follow("--dir", machines.dir(0));
      try {
        var shown = follower.inputReader(StandardCharsets.UTF_8);
        var told = follower.errorReader(StandardCharsets.UTF_8);
        assertThat(positions(shown, 1)).containsExactly(1L);
        Shell.done("append", "--dir", machines.dir(0), "{\"n\":1}", "{\"n\":2}");
        assertThat(positions(shown, 2)).isEqualTo(range(2, 3));

        daemon.kill();
        assertThat(told.readLine()).contains("went away");
        Shell.done("append", "--dir", machines.dir(0), "{\"written\":\"meanwhile\"}");
        machines.start(0);
        assertThat(told.readLine()).contains("is back");
        Shell.done("append", "--dir", machines.dir(0), "{\"n\":5}");
        assertThat(positions(shown, 2)).isEqualTo(range(4, 5));

        follower.toHandle().destroy(); // leaves the streams open
        assertThat(follower.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(follower.exitValue()).as("told to stop, and did").isZero();
        assertThat(shown.readLine()).as("nothing is shown twice").isNull();
        assertThat(told.readLine()).isNull();
      } finally {
        follower.destroyForcibly();
      }
    }
  }

  @Test
  void itGoesOnWhereItWasTold() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      for (int n = 0; n < 5; n++) {
        Shell.done("append", "--url", daemon.http(), "{\"n\":" + n + "}");
      }
      var all = Shell.done("export", "--url", daemon.http()).lines();
      var third = Json.string(Json.read(all.get(2)), "uuid");
      var follower = follow("--url", daemon.http(), "--after", "3:" + third);
      try {
        var shown = follower.inputReader(StandardCharsets.UTF_8);
        var line = shown.readLine();
        assertThat(line).isEqualTo("{\"position\":4,\"event\":" + all.get(3) + "}");
        assertThat(positions(shown, 2)).isEqualTo(range(5, 6));
      } finally {
        follower.destroyForcibly();
      }
      var other = Shell.refused(3, "log", "-f", "--url", daemon.http(), "--after", "2:" + third);
      assertThat(other).contains("another event");
    }
  }

  @Test
  void itEndsWhenNobodyReads() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      var follower = follow("--url", daemon.http());
      try {
        follower.getInputStream().close();
        await()
            .atMost(Machines.PATIENCE)
            .until(() -> {
              daemon.door().append(List.of("{}"));
              return !follower.isAlive();
            });
        assertThat(follower.exitValue()).isZero();
      } finally {
        follower.destroyForcibly();
      }
    }
  }

  @Test
  void whatCannotBeFollowedIsRefusedInWords() {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    assertThat(Shell.refused(3, "log", "--follow", "--dir", dir)).contains("sennit run");
    assertThat(Shell.refused(3, "log", "--follow", "--url", "http://127.0.0.1:1")).contains("run");
    assertThat(Shell.refused(2, "log", "--follow", "--graph", "--dir", dir)).contains("--graph");
    assertThat(Shell.refused(2, "log", "--after", "3", "--dir", dir)).contains("--follow");
    assertThat(Shell.refused(2, "log", "-f", "--after", "x", "--dir", dir)).contains("cursor");
    assertThat(Shell.refused(2, "log", "-f", "--limit", "-1", "--dir", dir)).contains("--limit");
  }
}
