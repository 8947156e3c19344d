package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.Seeds;
import io.sennit.app.door.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `GET /v1/stream`.
final class StreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private @Nullable Service running;

  private Service start(StreamApi.Limits limits) {
    var body = ApiServer.Limits.USUAL.body();
    running = new Service(folder.resolve("a"), new ApiServer.Limits(limits, body));
    return running;
  }

  private Service start() {
    return start(StreamApi.Limits.USUAL);
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  private static StreamClient open(Service service, String query, String lastId)
      throws IOException {
    return new StreamClient(service.port(), query, lastId, 0);
  }

  private static void append(Service service, int from, int to) {
    service
        .sennit()
        .append(IntStream.range(from, to).mapToObj("{\"n\":%d}"::formatted).toList())
        .join();
  }

  private static List<Long> positions(StreamClient client, int events) throws IOException {
    var positions = new ArrayList<Long>();
    while (positions.size() < events) {
      var block = client.next().orElseThrow();
      if (block.name().equals("message") && !block.data().isEmpty()) {
        positions.add(block.position());
      }
    }
    return positions;
  }

  @Test
  void itBeginsWithAnIdAndGoesOnWithEveryEvent() throws Exception {
    var service = start();
    append(service, 0, 3);
    try (var client = open(service, "?from=start", "")) {
      assertThat(client.status()).isEqualTo(200);
      assertThat(client.header("content-type")).isEqualTo("text/event-stream");
      assertThat(client.header("cache-control")).isEqualTo("no-store");
      var first = client.next().orElseThrow();
      assertThat(first.id()).isEqualTo("0");
      assertThat(first.data()).isEmpty();
      for (long position = 1; position <= 4; position++) {
        var block = client.next().orElseThrow();
        var entry = service.sennit().get(position).orElseThrow();
        assertThat(block.id()).isEqualTo(position + ":" + entry.event().id());
        assertThat(block.data()).isEqualTo(entry.event().toString());
      }
      append(service, 3, 5);
      assertThat(positions(client, 2)).containsExactly(5L, 6L);
    }
  }

  @Test
  void fromNowShowsWhatIsNew() throws Exception {
    var service = start();
    append(service, 0, 3);
    for (var query : List.of("?from=now", "")) {
      try (var client = open(service, query, "")) {
        var first = client.next().orElseThrow();
        var last = service.sennit().count();
        var id = service.sennit().get(last).orElseThrow().event().id();
        assertThat(first.id()).isEqualTo(last + ":" + id);
        append(service, 3, 4);
        assertThat(positions(client, 1)).containsExactly(last + 1);
      }
    }
  }

  @Test
  void itResumesBehindTheLastEventId() throws Exception {
    var service = start();
    append(service, 0, 5);
    var third = "3:" + service.sennit().get(3).orElseThrow().event().id();
    for (var query : List.of("", "?from=start", "?from=now")) {
      try (var client = open(service, query, third)) {
        assertThat(client.next().orElseThrow().id()).isEqualTo(third);
        assertThat(positions(client, 3)).containsExactly(4L, 5L, 6L);
      }
    }
    try (var client = open(service, "", "0")) {
      assertThat(positions(client, 1)).containsExactly(1L);
    }
  }

  @Test
  void anIdThatDoesNotMatchIsGone() throws Exception {
    var service = start();
    var root = service.sennit().root().event().id();
    for (var id : List.of("1:" + "0".repeat(64), "2:" + root, "999:" + root, "1:", "0:" + root)) {
      try (var client = open(service, "?from=start", id)) {
        assertThat(client.status()).as(id).isEqualTo(410);
        assertThat(client.header("content-type")).isEqualTo("application/problem+json");
      }
    }
    for (var id : List.of("x", "-1", "1:2:3", "1e3")) {
      try (var client = open(service, "", id)) {
        assertThat(client.status()).as(id).isEqualTo(400);
      }
    }
    try (var client = open(service, "?from=yesterday", "")) {
      assertThat(client.status()).isEqualTo(400);
    }
  }

  @Test
  void aQuietStreamSaysThatItIsThere() throws Exception {
    var service = start(limits(1 << 20, Duration.ofMillis(20), PATIENCE));
    try (var client = open(service, "", "")) {
      client.next();
      assertThat(client.next().orElseThrow().name()).isEqualTo("comment");
      assertThat(client.next().orElseThrow().name()).isEqualTo("comment");
      append(service, 0, 1);
      assertThat(positions(client, 1)).containsExactly(2L);
    }
  }

  private static StreamApi.Limits limits(int tailSizeBytes, Duration heartbeat, Duration stuck) {
    return new StreamApi.Limits(3, tailSizeBytes, heartbeat, stuck, Duration.ofMillis(200));
  }

  @Test
  void aReaderTooSlowIsClosedWithItsPositionAndSlowsNobody() throws Exception {
    var service = start(limits(256 * 1024, PATIENCE, PATIENCE));
    try (var slow = new StreamClient(service.port(), "", "", 4_096);
        var fast = open(service, "", "")) {
      slow.next();
      fast.next();
      var text = "x".repeat(20_000);
      for (long n = 2; n <= 1_001; n++) { // 20 MB: more than the sockets between them hold
        service.sennit().append("{\"text\":\"" + text + "\"}").join();
        assertThat(positions(fast, 1)).containsExactly(n);
      }
      long last = 1;
      StreamClient.Block block = slow.next().orElseThrow();
      while (block.name().equals("message")) {
        assertThat(block.position()).isEqualTo(++last);
        block = slow.next().orElseThrow();
      }
      assertThat(block.name()).isEqualTo("behind");
      assertThat(Json.number(Json.read(block.data()), "position")).isEqualTo(last);
      assertThat(block.position()).isEqualTo(last);
      assertThat(slow.next()).isEmpty();
      try (var resumed = open(service, "", block.id())) {
        assertThat(positions(resumed, (int) (1_001 - last))).endsWith(1_001L);
      }
    }
  }

  @Test
  void aReaderThatTakesNothingIsCut() throws Exception {
    var service = start(limits(256 * 1024, PATIENCE, Duration.ofMillis(200)));
    try (var stuck = new StreamClient(service.port(), "", "", 4_096)) {
      stuck.next();
      var text = "x".repeat(60_000);
      await()
          .atMost(PATIENCE)
          .until(() -> {
            service.sennit().append("{\"text\":\"" + text + "\"}").join();
            return service.readers() == 0;
          });
    }
  }

  @Test
  void asManyReadersAreServedAsMayBe() throws Exception {
    var service = start(limits(1 << 20, PATIENCE, PATIENCE));
    var clients = new ArrayList<StreamClient>();
    for (int n = 0; n < 3; n++) {
      clients.add(open(service, "", ""));
      assertThat(clients.getLast().status()).isEqualTo(200);
    }
    try (var more = open(service, "", "")) {
      assertThat(more.status()).isEqualTo(503);
    }
    for (var client : clients) {
      client.close();
    }
  }

  @Test
  void streamsEndInWordsWhenTheServerStops() throws Exception {
    var service = start();
    var clients = new ArrayList<StreamClient>();
    for (int n = 0; n < 50; n++) {
      clients.add(open(service, "", ""));
      clients.getLast().next();
    }
    long begin = System.nanoTime();
    stop();
    running = null;
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
    for (var client : clients) {
      var last = client.next().orElseThrow();
      assertThat(last.name()).isEqualTo("stopping");
      assertThat(last.position()).isEqualTo(1);
      client.close();
    }
  }

  @Test
  void noReaderLosesOrRepeatsAnEventAcrossCuts() {
    var service = start();
    Seeds.check(3, random -> cutAtRandom(service, random));
  }

  private static void cutAtRandom(Service service, SplittableRandom random) throws Exception {
    long begin = service.sennit().count();
    int events = 400;
    var cuts = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var readers = new ArrayList<CompletableFuture<List<Long>>>();
      for (int n = 0; n < 50; n++) {
        var own = random.split();
        readers.add(
            CompletableFuture.supplyAsync(
                () -> readWithCuts(service, begin, events, own, cuts), threads));
      }
      for (int written = 0; written < events; ) {
        int more = Math.min(events - written, 1 + random.nextInt(8));
        append(service, written, written + more);
        written += more;
      }
      var all = IntStream.rangeClosed(1, events).mapToObj(n -> begin + n).toList();
      for (var reader : readers) {
        assertThat(reader.join()).isEqualTo(all);
      }
    }
    assertThat(cuts.get()).as("cuts").isPositive();
  }

  private static List<Long> readWithCuts(
      Service service, long begin, int events, SplittableRandom random, AtomicInteger cuts) {
    var seen = new ArrayList<Long>();
    var lastId = "" + begin;
    try {
      while (seen.size() < events) {
        try (var client = open(service, "?from=start", lastId)) {
          int until = seen.size() + 1 + random.nextInt(200);
          while (seen.size() < Math.min(until, events)) {
            seen.addAll(positions(client, 1));
          }
          lastId = client.lastId();
        }
        cuts.incrementAndGet();
      }
      return seen;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
