package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sennit.event.EventId;
import io.sennit.event.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SennitTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final List<Sennit> open = new ArrayList<>();

  @AfterEach
  void closeAll() {
    open.forEach(Sennit::close);
  }

  private Sennit founder() {
    Sennit.init(folder.resolve("a"), "test");
    return open("a");
  }

  private Sennit open(String name) {
    var sennit = Sennit.open(folder.resolve(name));
    open.add(sennit);
    return sennit;
  }

  private Sennit joiner(Sennit inviter, String name, Address at) {
    Sennit.join(folder.resolve(name), Ticket.parse(inviter.invite(List.of(at)).toString()));
    var sennit = open(name);
    sennit.listen(LOOPBACK);
    sennit.connectKnownPeers();
    return sennit;
  }

  private static void awaitEqual(Sennit... machines) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> {
          for (var machine : machines) {
            assertThat(machine.status().digest())
                .as(() -> machine.status().peers() + " and " + machines[0].status().peers())
                .isEqualTo(machines[0].status().digest());
            assertThat(machine.count()).isEqualTo(machines[0].count());
          }
        });
  }

  @Test
  void aRequestWithAKeyIsCarriedOutOnceAlsoAfterARestart() {
    var a = founder();
    var jsons = List.of("{\"n\":1}", "{\"n\":2}");
    var first = a.appendOnce("k", jsons).join();
    assertThat(a.appendOnce("k", jsons).join()).isEqualTo(first);
    a.close();
    var again = open("a");
    var repeated = again.appendOnce("k", jsons).join();
    assertThat(repeated).extracting(Entry::position).containsExactly(2L, 3L);
    assertThat(repeated)
        .extracting(entry -> entry.event().id())
        .isEqualTo(first.stream().map(entry -> entry.event().id()).toList());
    assertThat(again.count()).isEqualTo(3);
    assertThatThrownBy(() -> again.appendOnce("k", List.of("{}")).join())
        .hasCauseInstanceOf(SennitException.class)
        .hasMessageContaining("give each request a key of its own");
  }

  @Test
  void oneMachineAppendsAndRestarts() {
    var a = founder();
    var first = a.append("{\"type\":\"first\"}").join();
    var second = a.append("{\"type\":\"second\"}").join();
    assertThat(first.position()).isEqualTo(2);
    assertThat(second.event().parents()).containsExactly(first.event().id());
    var digest = a.status().digest();
    a.close();
    var again = open("a");
    assertThat(again.count()).isEqualTo(3);
    assertThat(again.status().digest()).isEqualTo(digest);
    assertThat(again.get(second.event().id()).orElseThrow().event().toString())
        .isEqualTo(second.event().toString());
    var third = again.append("{\"type\":\"third\"}").join();
    assertThat(third.event().parents()).containsExactly(second.event().id());
  }

  @Test
  void twoMachinesHoldTheSame() {
    var a = founder();
    var at = a.listen(LOOPBACK);
    a.append("{\"from\":\"a\"}").join();
    var b = joiner(a, "b", at);
    awaitEqual(a, b);
    b.append("{\"from\":\"b\"}").join();
    awaitEqual(a, b);
    for (int n = 0; n < 200; n++) {
      (n % 2 == 0 ? a : b).append("{\"n\":" + n + "}").join();
    }
    awaitEqual(a, b);
    assertThat(a.count()).isEqualTo(203);
  }

  @Test
  void whatWasWrittenApartIsJoinedAndTheNextEventNamesBothTips() {
    var a = founder();
    var at = a.listen(LOOPBACK);
    var b = joiner(a, "b", at);
    awaitEqual(a, b);
    var listens = Address.parse(b.status().listen());
    await().atMost(PATIENCE).until(() -> a.disconnect(listens));
    await().atMost(PATIENCE).until(() -> connected(a) == 0 && connected(b) == 0);
    var written = new ArrayList<CompletableFuture<Entry>>();
    for (int n = 0; n < 300; n++) {
      written.add(a.append("{\"a\":" + n + "}"));
      written.add(b.append("{\"b\":" + n + "}"));
    }
    written.forEach(CompletableFuture::join);
    assertThat(a.status().digest()).isNotEqualTo(b.status().digest());
    a.connect(listens);
    awaitEqual(a, b);
    assertThat(a.tips()).hasSize(2);
    var merge = a.append("{\"merge\":true}").join();
    assertThat(merge.event().parents()).hasSize(2);
    awaitEqual(a, b);
    assertThat(b.tips()).containsExactly(merge.event().id());
  }

  /// However often links broke before: the delay between two dials doubles, for nobody asks.
  @Test
  @Timeout(20)
  void whoAsksForAConnectionIsNotKeptWaiting() {
    var a = founder();
    var at = a.listen(LOOPBACK);
    var b = joiner(a, "b", at);
    for (int times = 0; times < 10; times++) {
      await().atMost(PATIENCE).until(() -> b.disconnect(at));
      await().atMost(PATIENCE).until(() -> connected(a) == 0 && connected(b) == 0);
      a.append("{\"n\":" + times + "}").join();
      b.connect(at);
      awaitEqual(a, b);
    }
  }

  @Test
  void whoWasHungUpOnStaysRefusedAfterARestartUntilTheNextConnect() {
    var a = founder();
    var at = a.listen(LOOPBACK);
    var b = joiner(a, "b", at);
    awaitEqual(a, b);
    var listens = Address.parse(b.status().listen());
    await().atMost(PATIENCE).until(() -> a.disconnect(listens));
    a.close();
    open.remove(a);
    var again = open("a");
    again.listen(at);
    again.connectKnownPeers();
    await()
        .atMost(PATIENCE)
        .until(() ->
            b.status().peers().stream().anyMatch(peer -> peer.detail().contains("hung up on you")));
    assertThat(connected(again)).isZero();
    again.connect(listens);
    again.append("{}").join();
    awaitEqual(again, b);
  }

  @Test
  void aMachineOfAnotherFederationIsRefusedInWords() {
    var a = founder();
    var at = a.listen(LOOPBACK);
    Sennit.init(folder.resolve("x"), "another");
    var x = open("x");
    x.listen(LOOPBACK);
    x.connect(at);
    await()
        .atMost(PATIENCE)
        .until(() ->
            x.status().peers().stream()
                .anyMatch(peer -> peer.detail().contains("belongs to federation")));
    assertThat(a.count()).isEqualTo(1);
  }

  @Test
  void threeMachinesFindEachOtherThroughOne() {
    var a = founder();
    var at = a.listen(LOOPBACK);
    var b = joiner(a, "b", at);
    var c = joiner(a, "c", at);
    await()
        .atMost(PATIENCE)
        .until(() -> connected(a) == 2 && connected(b) == 2 && connected(c) == 2);
    b.append("{\"from\":\"b\"}").join();
    c.append("{\"from\":\"c\"}").join();
    awaitEqual(a, b, c);
  }

  @Test
  void aReaderSeesParentsFirstAndMissesNothing() throws Exception {
    var a = founder();
    var seen = new ConcurrentLinkedQueue<Entry>();
    try (var _ = a.subscribe(0, seen::add)) {
      for (int n = 0; n < 50; n++) {
        a.append("{\"n\":" + n + "}").join();
      }
      await().atMost(PATIENCE).until(() -> seen.size() == 51);
    }
    var here = new ArrayList<EventId>();
    long position = 0;
    for (var entry : seen) {
      assertThat(entry.position()).isEqualTo(++position);
      assertThat(here).containsAll(entry.event().parents());
      here.add(entry.event().id());
    }
  }

  @Test
  void aBadEventIsDeclinedWithWhatToChange() {
    var a = founder();
    assertThatThrownBy(() -> a.append("{\"uuid\":\"mine\"}").join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SennitException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(SennitException.Kind.INVALID);
              assertThat(e).hasMessageContaining("uuid");
            });
    assertThat(a.count()).isEqualTo(1);
  }

  @Test
  void aDirectoryIsUsedByOneMachineAtATime() {
    founder();
    assertThatThrownBy(() -> Sennit.open(folder.resolve("a")))
        .isInstanceOf(SennitException.class)
        .hasMessageContaining("a");
  }

  @Test
  void wholeRunsAreTakenUnchanged() {
    var a = founder();
    a.append(List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}")).join();
    Sennit.join(folder.resolve("b"), a.invite(List.of()));
    var b = open("b");
    var runs = new Runs();
    var whole = new ArrayList<Run>();
    for (long position = 2; position <= a.count(); position++) {
      runs.add(a.get(position).orElseThrow().event()).ifPresent(whole::add);
    }
    assertThat(whole).hasSize(1);
    assertThat(b.offer(whole).join()).hasSize(3);
    assertThat(b.status().digest()).isEqualTo(a.status().digest());
  }

  private static long connected(Sennit machine) {
    return machine.status().peers().stream()
        .filter(peer ->
            List.of("in-sync", "comparing", "giving", "taking", "exchanging", "reconciling")
                .contains(peer.state()))
        .count();
  }
}
