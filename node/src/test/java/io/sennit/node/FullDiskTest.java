package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.node.NodeStatus.PeerStatus;
import io.sennit.store.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine that is told that its disk has no room, and then that it has.
final class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);

  @TempDir Path folder;
  private volatile boolean full;

  private Room room(Room real) {
    return full ? new Room(real.where(), 0, real.neededBytes()) : real;
  }

  private static void awaitMode(Sennit sennit, String mode) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(sennit.status().mode()).isEqualTo(mode));
  }

  private static void awaitEqual(Sennit a, Sennit b) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(a.status().digest()).isEqualTo(b.status().digest()));
  }

  private static SennitException.Kind refusal(Sennit sennit) {
    try {
      sennit.append("{\"refused\":true}").join();
      throw new AssertionError("it was taken");
    } catch (CompletionException e) {
      if (e.getCause() instanceof SennitException refusal) {
        assertThat(refusal).hasMessageContaining("disk full: 0 bytes free");
        return refusal.kind();
      }
      throw e;
    }
  }

  @Test
  void itServesWhatItHasAndGoesOnByItselfWhenThereIsRoom() {
    Sennit.init(folder.resolve("a"), "test");
    try (var a = Sennit.open(folder.resolve("a"), this::room)) {
      var seen = new ConcurrentLinkedQueue<Long>();
      a.subscribe(0, entry -> seen.add(entry.position()));
      var at = a.listen(LOOPBACK);
      var kept = a.append("{\"kept\":true}").join();
      Sennit.join(folder.resolve("b"), a.invite(List.of(at)));
      full = true;
      awaitMode(a, "read-only");
      assertThat(a.status().why()).startsWith("disk full: 0 bytes free on ");
      assertThat(refusal(a)).isEqualTo(SennitException.Kind.NO_ROOM);

      try (var b = Sennit.open(folder.resolve("b"))) {
        b.append("{\"from\":\"b\"}").join();
        b.listen(LOOPBACK);
        b.connectKnownPeers();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              assertThat(b.get(kept.event().id())).isPresent();
              assertThat(b.status().peers())
                  .extracting(PeerStatus::detail)
                  .anyMatch(detail -> detail.startsWith("it takes no events: disk full"));
            });
        b.append("{\"from\":\"b\",\"again\":true}").join();
        assertThat(a.count()).isEqualTo(2);
        assertThat(a.get(2)).isPresent();

        full = false;
        awaitMode(a, "active");
        assertThat(a.status().why()).isEmpty();
        awaitEqual(a, b);
        a.append("{\"goes\":\"on\"}").join();
        awaitEqual(a, b);
        assertThat(b.count()).isEqualTo(5);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L));
      }
      assertThat(a.verify(_ -> {})).isEmpty();
    }
  }

  @Test
  void aMachineThatStartsOnAFullDiskIsReadOnlyFromTheBeginning() {
    Sennit.init(folder.resolve("a"), "test");
    full = true;
    try (var a = Sennit.open(folder.resolve("a"), this::room)) {
      assertThat(a.status().mode()).isEqualTo("read-only");
      assertThat(refusal(a)).isEqualTo(SennitException.Kind.NO_ROOM);
      assertThat(a.count()).isEqualTo(1);
      full = false;
      awaitMode(a, "active");
      a.append("{}").join();
    }
  }
}
