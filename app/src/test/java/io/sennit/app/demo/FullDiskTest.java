package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.Seeds;
import io.sennit.app.door.Json;
import io.sennit.app.view.Invitation;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon on a small disk that fills up, and a peer that has room. `-Dfaults.rounds=N` repeats
/// it.
final class FullDiskTest {
  private static final int SIZE_MEGABYTES = 32;
  private static final int WRITERS = 8;
  private static final int EVENT_SIZE_BYTES = 20_000;

  @TempDir Path folder;

  @Test
  void itIsReadOnlyUntilThereIsRoomAndLosesNothing() {
    Seeds.check(Integer.getInteger("faults.rounds", 1), this::fillAndFree);
  }

  private void fillAndFree(SplittableRandom random) throws IOException {
    var home = Files.createTempDirectory(folder, "round");
    var mountPoint = Files.createDirectory(home.resolve("disk"));
    var mounted = Tmpfs.mount(mountPoint, SIZE_MEGABYTES);
    assumeTrue(mounted.isPresent(), "mounting a disk in memory is not permitted here");
    try (var disk = mounted.get()) {
      // Daemons see the disk at its mount point, this process through the one that holds it.
      var seen = disk.seen().resolve("a");
      found(home.resolve("made"), seen);
      var dir = mountPoint.resolve("a");
      var writers = new Writers();
      try (var daemon = Daemon.start(disk.entering(), dir, "127.0.0.1:0").awaitReady()) {
        var ballast = disk.seen().resolve("ballast");
        write(ballast, 6L << 20);
        fill(daemon, writers, random);
        var at = List.of(Address.parse(daemon.listen()));
        Sennit.join(home.resolve("peer"), Invitation.read(seen, at));
        try (var peer = Daemon.start(home.resolve("peer"), "127.0.0.1:0").awaitReady()) {
          goOn(daemon, peer, ballast, writers, random);

          // Somebody else fills the disk to the last byte, while all write.
          var other = disk.seen().resolve("other");
          var filling = Thread.ofVirtual().start(() -> fillUp(other));
          writers.write(daemon, WRITERS, 500, EVENT_SIZE_BYTES, random);
          join(filling);
          awaitMode(daemon, "read-only");
          goOn(daemon, peer, other, writers, random);
        }
      }
      verify(seen, writers);
      try (var again = Daemon.start(disk.entering(), dir, "127.0.0.1:0").awaitReady()) {
        assertThat(writers.append(again, 100, random)).isEqualTo(201);
      }
      verify(seen, writers);
    }
  }

  private static void found(Path made, Path dir) throws IOException {
    Sennit.init(made, "test");
    Files.createDirectory(dir);
    for (var name : List.of("machine.key", "root.json", "sennit.json")) {
      Files.copy(made.resolve(name), dir.resolve(name));
    }
  }

  /// Writes until there is no room, which is said in time: nothing is left unknown.
  private static void fill(Daemon daemon, Writers writers, SplittableRandom random) {
    writers.write(daemon, WRITERS, 10_000, EVENT_SIZE_BYTES, random);
    assertThat(writers.answered(507)).as("%s", writers).isPositive();
    assertThat(writers.answered(500)).as("%s", writers).isZero();
    assertThat(writers.answered(201)).as("%s", writers).isGreaterThan(50);
    awaitMode(daemon, "read-only");
    assertThat(why(daemon)).startsWith("disk full: ");
    for (var uuid : writers.acknowledged.values().stream().limit(20).toList()) {
      assertThat(daemon.door().find(uuid)).isPresent();
    }
  }

  private static void goOn(
      Daemon daemon, Daemon peer, Path ballast, Writers writers, SplittableRandom random)
      throws IOException {
    await()
        .atMost(Machines.PATIENCE)
        .untilAsserted(() -> assertThat(peer.digest()).isEqualTo(daemon.digest()));
    long before = daemon.events();
    peer.door().append(List.of("{\"written\":\"by the peer\"}"));
    assertThat(writers.append(daemon, 100, random)).isEqualTo(507);
    assertThat(daemon.events()).isEqualTo(before);
    Files.delete(ballast);
    awaitMode(daemon, "active");
    await()
        .atMost(Machines.PATIENCE)
        .untilAsserted(() -> assertThat(daemon.digest()).isEqualTo(peer.digest()));
    assertThat(daemon.events()).isEqualTo(before + 1);
    assertThat(writers.append(daemon, 100, random)).isEqualTo(201);
    assertThat(why(daemon)).isEmpty();
  }

  private static void verify(Path dir, Writers writers) {
    try (var sennit = Sennit.open(dir)) {
      assertThat(sennit.verify(_ -> {})).isEmpty();
      writers.check(sennit);
    }
  }

  private static void awaitMode(Daemon daemon, String mode) {
    await()
        .atMost(Machines.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() ->
            assertThat(Json.string(Json.read(daemon.door().status()), "mode"))
                .as(() -> daemon.door().status())
                .isEqualTo(mode));
  }

  private static String why(Daemon daemon) {
    return Json.string(Json.read(daemon.door().status()), "why");
  }

  private static void write(Path file, long sizeBytes) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var chunk = ByteBuffer.allocate(1 << 16);
      for (long at = 0; at < sizeBytes; at += chunk.capacity()) {
        channel.write(chunk.clear(), at);
      }
    }
  }

  private static void fillUp(Path file) {
    try {
      write(file, Long.MAX_VALUE);
      throw new IllegalStateException("the disk has no end");
    } catch (IOException noRoom) {
      assertThat(noRoom).hasMessageContaining("No space left");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
