package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.Seeds;
import io.sennit.event.EventId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Machines that run with damaged logs: what cannot be read is fetched from whichever peer has it,
/// without a command.
final class RunningRepairTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final List<String> NAMES = List.of("b", "c");
  private static final int EVENTS = 2_000;
  private static final int BATCH = 50;
  private static final String LOG = "log/00000001\\.log";

  /// The log is damaged behind its head, before its end.
  private static final int FROM = 8 * 1024;

  private static final int DAMAGES = 4;

  @TempDir Path folder;

  @Test
  void whatCannotBeReadComesBackFromAPeer() {
    Seeds.check(
        1,
        random -> {
          Sennit.init(folder.resolve("a"), "test");
          try (var a = Sennit.open(folder.resolve("a"))) {
            var at = a.listen(LOOPBACK);
            for (var name : NAMES) {
              Sennit.join(folder.resolve(name), a.invite(List.of(at)));
            }
            var expected = writtenByAll(a, random);
            for (var name : NAMES) {
              damage(name, random);
            }
            try (var b = Sennit.open(folder.resolve("b"));
                var c = Sennit.open(folder.resolve("c"))) {
              var missedB = readAll(b, expected.b);
              var missedC = readAll(c, expected.c);
              assertThat(missedB).isNotEmpty();
              assertThat(missedC).isNotEmpty();
              assertThat(b.status().damaged()).isPositive();
              connect(b);
              connect(c);
              b.append("{\"damaged\":true}").join();
              awaitHealed(b, expected.b);
              awaitHealed(c, expected.c);
              awaitEqual(a, b, c);
              System.out.printf(
                  "healed while running: %d and %d events%n", missedB.size(), missedC.size());
            }
          }
          for (var name : NAMES) {
            assertThat(Verification.of(folder.resolve(name), _ -> {}).findings()).isEmpty();
          }
        });
  }

  /// What two machines have at their positions.
  private record Written(List<EventId> b, List<EventId> c) {}

  /// Three machines write and are equal; those that joined are closed again.
  private Written writtenByAll(Sennit a, SplittableRandom random) {
    try (var b = Sennit.open(folder.resolve("b"));
        var c = Sennit.open(folder.resolve("c"))) {
      connect(b);
      connect(c);
      for (int n = 0; n < EVENTS; n += BATCH) {
        (n % 3 == 0 ? b : a).append(texts(n, random)).join();
      }
      awaitEqual(a, b, c);
      return new Written(ids(b), ids(c));
    }
  }

  private static void connect(Sennit machine) {
    machine.listen(LOOPBACK);
    machine.connectKnownPeers();
  }

  private static List<String> texts(int from, SplittableRandom random) {
    return LongStream.range(from, from + BATCH)
        .mapToObj(n -> "{\"n\":" + n + ",\"noise\":" + random.nextInt() + "}")
        .toList();
  }

  private void damage(String name, SplittableRandom random) throws IOException {
    var path = Harm.files(folder.resolve(name), LOG).getFirst();
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      long to = Harm.end(file);
      for (int i = 0; i < DAMAGES; i++) {
        long at = random.nextLong(FROM, to);
        file.seek(at);
        int value = file.read();
        file.seek(at);
        file.write(value ^ (1 << random.nextInt(Byte.SIZE)));
      }
    }
  }

  private static List<EventId> ids(Sennit machine) {
    return LongStream.rangeClosed(1, machine.count())
        .mapToObj(position -> machine.get(position).orElseThrow().event().id())
        .toList();
  }

  /// Each position gives the event it gave before, or an exception that says so.
  ///
  /// @return positions that could not be read
  private static Set<Long> readAll(Sennit machine, List<EventId> expected) {
    var missed = new HashSet<Long>();
    for (long position = 1; position <= expected.size(); position++) {
      try {
        var event = machine.get(position).orElseThrow().event();
        assertThat(event.id()).isEqualTo(expected.get((int) position - 1));
      } catch (SennitException e) {
        assertThat(e.kind()).isEqualTo(SennitException.Kind.DAMAGED);
        missed.add(position);
      }
    }
    return missed;
  }

  private static void awaitHealed(Sennit machine, List<EventId> expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> readAll(machine, expected).isEmpty() && machine.status().damaged() == 0);
  }

  private static void awaitEqual(Sennit... machines) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> {
          var seen = new ArrayList<Object>();
          for (var machine : machines) {
            seen.add(List.of(machine.status().digest(), machine.count()));
          }
          return new HashSet<>(seen).size() == 1;
        });
  }
}
