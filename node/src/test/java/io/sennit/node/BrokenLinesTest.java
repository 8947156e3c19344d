package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.Line;
import io.sennit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two machines over a line that is cut at any byte, stands still, or is dialled from both ends.
final class BrokenLinesTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int CUTS = 6;
  private static final int DIALS = 6;
  private static final int BURST = 40_000;
  private static final int HISTORY = 10_000;
  private static final int NOISE_SIZE_BYTES = 100;

  /// A little more than the handshake and the first messages take.
  private static final int GREETING_SIZE_BYTES = 2_500;

  private static final int STREAM_SIZE_BYTES = 120_000;

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  private Sennit open(Path dir) {
    var sennit = Sennit.open(dir);
    open.add(sennit);
    return sennit;
  }

  private Line line(Line line) {
    open.add(line);
    return line;
  }

  private static Address at(Line line) {
    return new Address("127.0.0.1", line.port());
  }

  /// A machine that others find at the end of this line only.
  private Sennit founder(Path dir, Line line) {
    Sennit.init(dir, "test");
    var sennit = open(dir);
    line.to(sennit.listen(LOOPBACK, List.of(at(line))).port());
    return sennit;
  }

  private static List<String> noise(int events, SplittableRandom random) {
    return IntStream.range(0, events)
        .mapToObj(_ -> {
          var noise = new byte[NOISE_SIZE_BYTES];
          random.nextBytes(noise);
          return "{\"noise\":\"" + HexFormat.of().formatHex(noise) + "\"}";
        })
        .toList();
  }

  private static boolean equal(Sennit a, Sennit b) {
    return a.status().digest().equals(b.status().digest());
  }

  private static void awaitEqual(Sennit a, Sennit b) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() ->
            assertThat(a.status().digest())
                .as(() -> a.status() + " and " + b.status())
                .isEqualTo(b.status().digest()));
    assertThat(a.count()).isEqualTo(b.count());
  }

  /// Lets a part of the history through a line that is held, and waits for a condition. The noise
  /// in each event cannot be made smaller, so the whole history is not in that part; a give is.
  private static void untilAPartHasPassed(Line line, Callable<Boolean> condition) {
    line.allow(HISTORY * NOISE_SIZE_BYTES / 2);
    await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).until(condition);
  }

  @Test
  void cutAtAnyByteInAnyDirectionTheyEndEqual() {
    var cuts = new AtomicLong();
    Seeds.check(
        6, random -> cuts.addAndGet(cutOften(Files.createTempDirectory(folder, "round"), random)));
    assertThat(cuts).as("lines that were cut").hasPositiveValue();
  }

  /// @return how often it was cut
  private long cutOften(Path home, SplittableRandom random) throws Exception {
    var offsets = random.split();
    var left = new AtomicInteger(CUTS);
    var line =
        line(
            new Line(
                () -> left.getAndDecrement() > 0 ? Optional.of(cut(offsets)) : Optional.empty()));
    var a = founder(home.resolve("a"), line);
    Sennit.join(home.resolve("b"), a.invite(List.of(at(line))));
    var b = open(home.resolve("b"));
    long acknowledged = 1;
    b.connectKnownPeers();
    for (int cut = 1; cut <= CUTS; cut++) {
      int own = 1 + random.nextInt(300);
      int others = 1 + random.nextInt(300);
      a.append(noise(own, random)).join();
      b.append(noise(others, random)).join();
      acknowledged += own + others;
      var now = b;
      long before = line.cutOff();
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> line.cutOff() > before || equal(a, now));
      if (random.nextBoolean()) {
        b.close();
        b = open(home.resolve("b"));
        b.connectKnownPeers();
      }
    }
    line.cut();
    awaitEqual(a, b);
    assertThat(a.count()).isEqualTo(acknowledged);
    assertThat(a.verify(_ -> {})).isEmpty();
    assertThat(b.verify(_ -> {})).isEmpty();
    b.close();
    a.close();
    return line.cutOff();
  }

  /// In the handshake, in the first messages, or in the middle of events.
  private static Line.Cut cut(SplittableRandom random) {
    int sizeBytesMax = random.nextBoolean() ? GREETING_SIZE_BYTES : STREAM_SIZE_BYTES;
    return new Line.Cut(random.nextBoolean(), random.nextInt(sizeBytesMax), random.nextBoolean());
  }

  @Test
  void whenBothDialAtOnceOneLinkStays() throws Exception {
    var toA = line(new Line());
    var toB = line(new Line());
    var a = founder(folder.resolve("a"), toA);
    Sennit.join(folder.resolve("b"), a.invite(List.of()));
    var b = open(folder.resolve("b"));
    toB.to(b.listen(LOOPBACK, List.of(at(toB))).port());
    var go = new CountDownLatch(1);
    var dialling = new ArrayList<Thread>();
    for (Runnable dial : List.<Runnable>of(() -> a.connect(at(toB)), () -> b.connect(at(toA)))) {
      dialling.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                dial.run();
              }));
    }
    go.countDown();
    for (var thread : dialling) {
      thread.join();
    }
    for (int n = 0; n < DIALS; n++) { // whenever the link is cut, both dial again
      a.append("{\"a\":" + n + "}").join();
      b.append("{\"b\":" + n + "}").join();
      awaitEqual(a, b);
      await()
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .untilAsserted(() -> {
            assertThat(toA.open() + toB.open()).isEqualTo(1);
            assertThat(linked(a)).isEqualTo(1);
            assertThat(linked(b)).isEqualTo(1);
          });
      toA.cut();
      toB.cut();
    }
  }

  private static long linked(Sennit machine) {
    return machine.status().peers().stream().filter(peer -> peer.state().equals("in-sync")).count();
  }

  @Test
  void aPeerThatTakesNothingForAWhileSlowsNobodyAndGoesOn() throws Exception {
    var random = new SplittableRandom(1);
    var slow = line(new Line());
    var a = founder(folder.resolve("a"), slow);
    var ticket = a.invite(List.of(at(slow)));
    Sennit.join(folder.resolve("b"), ticket);
    Sennit.join(folder.resolve("c"), ticket);
    var b = open(folder.resolve("b"));
    b.connectKnownPeers();
    awaitEqual(a, b);
    var quick = line(new Line());
    quick.to(Address.parse(a.status().listen()).port());
    var c = open(folder.resolve("c"));
    c.connect(at(quick));
    slow.hold();
    for (int n = 0; n < HISTORY / 100; n++) {
      a.append(noise(100, random)).join();
    }
    awaitEqual(a, c);
    assertThat(b.count()).as("nothing comes over a line that stands still").isLessThan(a.count());
    untilAPartHasPassed(slow, () -> b.count() > 2);
    slow.release();
    awaitEqual(a, b);
  }

  @Test
  void whoDialsAMachineThatHasMuchToDoIsGreetedAllTheSame() {
    var line = line(new Line());
    var a = founder(folder.resolve("a"), line);
    Sennit.join(folder.resolve("b"), a.invite(List.of(at(line))));
    for (int n = 0; n < DIALS; n++) {
      var written = new ArrayList<CompletableFuture<Entry>>();
      for (int event = 0; event < BURST; event++) {
        written.add(a.append("{}"));
        if (event == BURST / 10) {
          var b = open(folder.resolve("b"));
          b.connectKnownPeers();
        }
      }
      written.forEach(CompletableFuture::join);
      var b = (Sennit) open.removeLast();
      awaitEqual(a, b);
      assertThat(line.accepted()).as("it need not dial again").isEqualTo(n + 1);
      b.close();
    }
  }

  @Test
  void restartedWhileItTakesItGoesOnWhereItWas() throws Exception {
    Seeds.check(
        2,
        random -> {
          var home = Files.createTempDirectory(folder, "round");
          var line = line(new Line());
          var a = founder(home.resolve("a"), line);
          a.append(noise(HISTORY, random)).join();
          line.hold();
          Sennit.join(home.resolve("b"), a.invite(List.of(at(line))));
          var b = open(home.resolve("b"));
          b.connectKnownPeers();
          int enough = 2 + random.nextInt(HISTORY / 50);
          untilAPartHasPassed(line, () -> b.count() >= enough);
          b.close();
          var again = open(home.resolve("b"));
          assertThat(again.count()).isBetween((long) enough, (long) HISTORY);
          line.release();
          again.connectKnownPeers();
          awaitEqual(a, again);
          assertThat(again.verify(_ -> {})).isEmpty();
        });
  }

  @Test
  void whenTheOneThatGivesIsRestartedTheOtherGoesOnWhereItWas() throws Exception {
    Seeds.check(
        2,
        random -> {
          var home = Files.createTempDirectory(folder, "round");
          var line = line(new Line());
          var a = founder(home.resolve("a"), line);
          a.append(noise(HISTORY, random)).join();
          line.hold();
          Sennit.join(home.resolve("b"), a.invite(List.of(at(line))));
          var b = open(home.resolve("b"));
          b.connectKnownPeers();
          int enough = 2 + random.nextInt(HISTORY / 50);
          untilAPartHasPassed(line, () -> b.count() >= enough);
          a.close();
          assertThat(b.count()).isBetween((long) enough, (long) HISTORY);
          var again = open(home.resolve("a"));
          line.to(again.listen(LOOPBACK, List.of(at(line))).port());
          line.release();
          awaitEqual(again, b);
          assertThat(b.verify(_ -> {})).isEmpty();
        });
  }
}
