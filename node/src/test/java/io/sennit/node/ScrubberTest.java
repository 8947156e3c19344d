package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.Seeds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a disk forgets behind the back of a running machine is found and comes back, although
/// nobody reads it.
final class ScrubberTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Scrubber.Pace AT_ONCE = new Scrubber.Pace(Duration.ZERO, 0, Duration.ZERO);
  private static final int BATCHES = 40;
  private static final int BATCH = 50;

  /// Behind the head of the log, before its end.
  private static final int FROM = 8 * 1024;

  private static final int TO = 20 * 1024;
  private static final int FORGOTTEN = 1024;

  @TempDir Path folder;

  @Test
  void damageThatNobodyMeetsIsFoundAndHealed() {
    Seeds.check(
        1,
        random -> {
          Sennit.init(folder.resolve("a"), "test");
          try (var a = Sennit.open(folder.resolve("a"))) {
            var at = a.listen(LOOPBACK);
            Sennit.join(folder.resolve("b"), a.invite(List.of(at)));
            for (int n = 0; n < BATCHES; n++) {
              a.append(texts(random)).join();
            }
            try (var b = Sennit.open(folder.resolve("b"), UnaryOperator.identity(), AT_ONCE)) {
              b.connectKnownPeers();
              until(() -> b.count() == a.count());
              forget(Harm.files(folder.resolve("b"), "log/00000001\\.log").getFirst(), random);
              until(() -> !Harm.files(folder.resolve("b"), "heals/.*\\.log").isEmpty());
              long passes = b.scrub().passes();
              until(() -> b.scrub().passes() >= passes + 2 && b.damaged() == 0);
              assertThat(b.scrub().lastPass()).isNotNull();
              for (long position = 1; position <= a.count(); position++) {
                assertThat(b.get(position)).isPresent();
              }
            }
          }
          assertThat(Verification.of(folder.resolve("b"), _ -> {}).findings()).isEmpty();
        });
  }

  @Test
  void aMachineThatIsClosedDoesNotWaitForTheEndOfAPass() {
    Sennit.init(folder.resolve("a"), "test");
    var slow = new Scrubber.Pace(Duration.ZERO, 100_000_000, Duration.ofDays(1));
    var a = Sennit.open(folder.resolve("a"), UnaryOperator.identity(), slow);
    for (int n = 0; n < 3; n++) {
      a.append(texts(new SplittableRandom(n))).join();
    }
    until(() -> a.scrub().checkedTotal() > 0);
    a.close();
    assertThat(a.scrub().passes()).isZero();
  }

  /// Zeros some of the events.
  private static void forget(Path log, SplittableRandom random) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(random.nextLong(FROM, TO));
      file.write(new byte[FORGOTTEN]);
    }
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  private static List<String> texts(SplittableRandom random) {
    return LongStream.range(0, BATCH)
        .mapToObj(n -> "{\"n\":" + n + ",\"noise\":" + random.nextInt() + "}")
        .toList();
  }
}
