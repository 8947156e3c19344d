package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More machines than are all linked with each other.
final class ManyMachinesTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MACHINES = 14;
  private static final int LINKS_MAX = 8;
  private static final int STOPPED = 3;
  private static final int EACH = 10;

  @TempDir Path folder;
  private final List<Sennit> machines = new ArrayList<>();

  @AfterEach
  void closeAll() {
    machines.forEach(Sennit::close);
  }

  private Sennit open(String name) {
    var machine = Sennit.open(folder.resolve(name));
    machines.add(machine);
    return machine;
  }

  private void federation() {
    Sennit.init(folder.resolve("m0"), "many");
    var first = open("m0");
    var at = first.listen(LOOPBACK);
    for (int n = 1; n < MACHINES; n++) {
      Sennit.join(folder.resolve("m" + n), first.invite(List.of(at)));
      var machine = open("m" + n);
      machine.listen(LOOPBACK);
      machine.connectKnownPeers();
    }
  }

  private static long links(Sennit machine) {
    return machine.status().peers().stream()
        .filter(peer ->
            List.of("in-sync", "comparing", "giving", "taking", "exchanging", "reconciling")
                .contains(peer.state()))
        .count();
  }

  private static OverlayStatus overlay(Sennit machine) {
    return machine.overlay().orElseThrow();
  }

  private long sum(ToLongFunction<OverlayStatus> figure) {
    return machines.stream().map(ManyMachinesTest::overlay).mapToLong(figure).sum();
  }

  private void awaitSettled() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          for (var machine : machines) {
            assertThat(links(machine)).isBetween(2L, (long) LINKS_MAX);
            assertThat(overlay(machine).trees()).allMatch(OverlayStatus.Tree::attached);
          }
        });
  }

  private void awaitEqual(long events) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          for (var machine : machines) {
            assertThat(machine.count()).as(() -> "" + machine.status().peers()).isEqualTo(events);
            assertThat(machine.status().digest()).isEqualTo(machines.getFirst().status().digest());
          }
        });
  }

  private void append() {
    for (int n = 0; n < EACH; n++) {
      var written = new ArrayList<CompletableFuture<Entry>>();
      for (var machine : machines) {
        written.add(machine.append("{\"n\":" + n + "}"));
      }
      written.forEach(CompletableFuture::join);
    }
  }

  @Test
  @Timeout(400)
  void eachKeepsEightLinksAndAllHoldTheSame() {
    federation();
    awaitSettled();
    append();
    awaitEqual(1 + MACHINES * EACH);
    awaitSettled();
    long payloadsBefore = sum(OverlayStatus::payloads);
    long duplicatesBefore = sum(OverlayStatus::duplicates);
    append();
    awaitEqual(1 + 2 * MACHINES * EACH);
    long fresh = sum(OverlayStatus::payloads) - payloadsBefore;
    long again = sum(OverlayStatus::duplicates) - duplicatesBefore;
    System.out.printf(
        Locale.ROOT,
        "%d machines, %d links: %.3f copies per delivery; %d of %d deliveries spread%n",
        MACHINES,
        machines.stream().mapToLong(ManyMachinesTest::links).sum() / 2,
        (fresh + again) / (double) fresh,
        fresh,
        (MACHINES - 1) * MACHINES * EACH);
    assertThat(fresh).as("runs that came because they spread").isPositive();
    for (int n = 0; n < STOPPED; n++) {
      machines.remove(1 + n).close();
    }
    long events = machines.getFirst().count();
    append();
    awaitEqual(events + (long) (MACHINES - STOPPED) * EACH);
    awaitSettled();
  }
}
