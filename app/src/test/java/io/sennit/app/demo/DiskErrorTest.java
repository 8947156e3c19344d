package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.Seeds;
import io.sennit.app.door.Json;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon whose writes and syncs of the log are made to fail by strace, one of the first few at
/// random. `-Dfaults.rounds=N` repeats it.
///
/// The log is written by `pwrite64` and synced by `fdatasync`, all by one thread of the process
/// once it is ready, and strace counts calls by thread: so the n-th call is the n-th write.
final class DiskErrorTest {
  private static final int WRITERS = 8;
  private static final int CALLS_MAX = 40;

  @TempDir Path folder;

  private static void requireStrace() throws IOException {
    int code;
    try {
      code =
          new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue();
    } catch (IOException notInstalled) {
      code = -1;
    }
    assumeTrue(code == 0, "strace is not installed, or not permitted here");
  }

  @Test
  void aFailedWriteOrSyncStopsTheWriterAndNothingFalseIsAcknowledged() throws IOException {
    requireStrace();
    Seeds.check(
        Integer.getInteger("faults.rounds", 2),
        random -> {
          boolean full = random.nextBoolean();
          var call = random.nextBoolean() ? "fdatasync" : "pwrite64";
          fail(call, full ? "ENOSPC" : "EIO", 1 + random.nextInt(CALLS_MAX), random);
        });
  }

  private void fail(String call, String error, int nth, SplittableRandom random)
      throws IOException {
    var what = "%s of call %d of %s".formatted(error, nth, call);
    var dir = Files.createTempDirectory(folder, "round").resolve("a");
    Sennit.init(dir, "test");
    Sennit.open(dir).close(); // makes the log
    var strace =
        List.of(
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-o",
            "/dev/null",
            "-P",
            dir.resolve("log").resolve("00000001.log").toString(),
            "-e",
            "trace=" + call,
            "-e",
            "inject=%s:error=%s:when=%d".formatted(call, error, nth));
    var writers = new Writers();
    try (var daemon = Daemon.start(strace, dir, "127.0.0.1:0").awaitReady()) {
      writers.write(daemon, WRITERS, CALLS_MAX, 200, random);
      assertThat(writers.answered(500)).as("%s: %s", what, writers).isPositive();
      if (error.equals("EIO")) {
        staysReadOnly(daemon, writers, what, random);
      } else {
        goesOnByItself(daemon, writers, what, random);
      }
    }
    verify(dir, writers, what);
    try (var again = Daemon.start(dir, "127.0.0.1:0").awaitReady()) {
      assertThat(writers.append(again, 100, random)).as(what).isEqualTo(201);
    }
    verify(dir, writers, what);
  }

  private static void staysReadOnly(
      Daemon daemon, Writers writers, String what, SplittableRandom random) {
    assertThat(mode(daemon)).as(what).isEqualTo("read-only");
    assertThat(Json.string(Json.read(daemon.door().status()), "why"))
        .as(what)
        .contains("Input/output error", "started again");
    assertThat(writers.append(daemon, 100, random)).as(what).isEqualTo(503);
    for (var uuid : writers.acknowledged.values()) {
      assertThat(daemon.door().find(uuid)).as(what).isPresent();
    }
  }

  private static void goesOnByItself(
      Daemon daemon, Writers writers, String what, SplittableRandom random) {
    await()
        .atMost(Machines.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(mode(daemon)).as(what).isEqualTo("active"));
    assertThat(writers.append(daemon, 100, random)).as(what).isEqualTo(201);
    for (var uuid : writers.acknowledged.values()) {
      assertThat(daemon.door().find(uuid)).as(what).isPresent();
    }
  }

  private static String mode(Daemon daemon) {
    return Json.string(Json.read(daemon.door().status()), "mode");
  }

  /// Whatever was acknowledged is there, nothing that was declined is, and all of it is sound.
  private static void verify(Path dir, Writers writers, String what) {
    try (var sennit = Sennit.open(dir)) {
      assertThat(sennit.verify(_ -> {})).as(what).isEmpty();
      writers.check(sennit);
    }
  }
}
