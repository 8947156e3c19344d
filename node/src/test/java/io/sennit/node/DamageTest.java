package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.Seeds;
import io.sennit.event.EventId;
import io.sennit.store.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file of a directory is damaged in every way: opening works or refuses in words, `verify`
/// names the file, nothing wrong is served, and `repair` makes it whole from a peer.
@SuppressWarnings("NullAway.Init")
final class DamageTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Kinds of files, by their paths.
  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("log, first", "log/00000001\\.log"),
              Map.entry("log, middle", "log/00000002\\.log"),
              Map.entry("log, last", "log/00000003\\.log"),
              Map.entry("heals", "heals/.*\\.log"),
              Map.entry("index, tables", "index/.*\\.sst"),
              Map.entry("index, manifest", "index/MANIFEST.*"),
              Map.entry("index, CURRENT", "index/CURRENT"),
              Map.entry("index, options", "index/OPTIONS.*"),
              Map.entry("sennit.json", "sennit\\.json"),
              Map.entry("root.json", "root\\.json"),
              Map.entry("machine.key", "machine\\.key"),
              Map.entry("peers.json", "peers\\.json"),
              Map.entry("LOCK", "LOCK")));

  @TempDir Path folder;

  private Sennit peer;

  private Address address;
  private List<EventId> expected;
  private int cases;

  /// A peer that stays up, and the directory of a machine that has all of its events, some of them
  /// its own, in three files, and some healed once.
  @BeforeEach
  void twoMachinesThatAreEqual() {
    Sennit.init(folder.resolve("peer"), "test");
    peer = Sennit.open(folder.resolve("peer"));
    address = peer.listen(LOOPBACK);
    Sennit.join(folder.resolve("whole"), peer.invite(List.of(address)));
    var random = new SplittableRandom(1);
    try (var joiner = Sennit.open(folder.resolve("whole"))) {
      joiner.listen(LOOPBACK);
      joiner.connectKnownPeers();
      for (int i = 0; i < 36; i++) {
        (i % 3 == 0 ? joiner : peer).append(texts(random, 12)).join();
        joiner.append("{\"n\":" + i + "}").join();
      }
      awaitEqual(joiner);
    }
    var record = Harm.files(folder.resolve("whole"), "log/00000002\\.log").getFirst();
    Harm.ZERO_A_PAGE.inflict(record, random);
    assertThat(repair("whole", false).remaining()).isEmpty();
    expected = ids("whole");
    assertThat(Harm.files(folder.resolve("whole"), "heals/.*")).isNotEmpty();
    assertThat(Harm.files(folder.resolve("whole"), "log/00000003\\.log")).isNotEmpty();
  }

  @AfterEach
  void close() {
    peer.close();
  }

  private static List<String> texts(SplittableRandom random, int count) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var noise = new byte[10_000];
      random.nextBytes(noise);
      texts.add("{\"noise\":\"" + Base64.getEncoder().encodeToString(noise) + "\"}");
    }
    return texts;
  }

  private void awaitEqual(Sennit machine) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() ->
            machine.status().digest().equals(peer.status().digest())
                && machine.count() == peer.count());
  }

  private List<EventId> ids(String name) {
    try (var machine = Sennit.open(folder.resolve(name))) {
      var ids = new ArrayList<EventId>();
      for (long position = 1; position <= machine.count(); position++) {
        ids.add(machine.get(position).orElseThrow().event().id());
      }
      return ids;
    }
  }

  private Repair.Outcome repair(String name, boolean newKey) {
    var options = new Repair.Options(List.of(address), Optional.empty(), newKey, PATIENCE);
    return Repair.run(folder.resolve(name), options, _ -> {});
  }

  private String copy() {
    var name = "case" + cases++;
    copy(folder.resolve("whole"), folder.resolve(name));
    return name;
  }

  private static void copy(Path from, Path to) {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    Harm.files(directory, ".*").forEach(file -> Harm.DELETE.inflict(file, new SplittableRandom()));
  }

  /// Two ways to damage a file, or all with `-Dharms=all`.
  private static List<Harm> harms(SplittableRandom random) {
    var harms = new ArrayList<>(List.of(Harm.values()));
    while (harms.size() > 2 && !"all".equals(System.getProperty("harms"))) {
      harms.remove(random.nextInt(harms.size()));
    }
    return harms;
  }

  @Test
  void everyKindOfFileDamagedIsNamedAndMended() {
    var counts = new TreeMap<String, Integer>();
    Seeds.check(
        1,
        random -> {
          for (var kind : KINDS.entrySet()) {
            for (var harm : harms(random)) {
              var name = copy();
              var files = Harm.files(folder.resolve(name), kind.getValue());
              var file = files.get(random.nextInt(files.size()));
              harm.inflict(file, random);
              var what = harm + " of " + folder.resolve(name).relativize(file);
              try {
                checkNamedAndMended(name, file);
              } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(what, e);
              }
              delete(folder.resolve(name));
              counts.merge(kind.getKey(), 1, Integer::sum);
            }
          }
        });
    System.out.println("damaged, by kind of file: " + counts);
  }

  @Test
  void aDamagedLogWithoutItsIndexIsMadeWhole() {
    var counts = new TreeMap<Harm, Integer>();
    Seeds.check(
        1,
        random -> {
          for (var harm : harms(random)) {
            var name = copy();
            var files = Harm.files(folder.resolve(name), "(log|heals)/.*\\.log");
            var file = files.get(random.nextInt(files.size()));
            harm.inflict(file, random);
            Harm.files(folder.resolve(name), "index/.*")
                .forEach(each -> Harm.DELETE.inflict(each, random));
            checkServesNothingWrong(name);
            var outcome = repair(name, false);
            assertThat(outcome.remaining()).as(harm + " of " + file).isEmpty();
            checkEqualToPeer(name, true);
            delete(folder.resolve(name));
            counts.merge(harm, 1, Integer::sum);
          }
        });
    System.out.println("damaged without an index: " + counts);
  }

  private void checkNamedAndMended(String name, Path file) {
    var directory = folder.resolve(name);
    var relative = directory.relativize(file).toString();
    var before = Verification.of(directory, _ -> {}).findings();
    if (before.isEmpty()) {
      assertThat(ids(name)).isEqualTo(expected); // nothing was lost, so there was nothing to name
    } else {
      assertThat(before).extracting(Finding::file).anyMatch(named -> named(named, relative));
    }
    checkServesNothingWrong(name);
    boolean key = relative.equals("machine.key");
    if (key) {
      assertThat(repair(name, false).remaining()).extracting(Finding::file).contains("machine.key");
    }
    var outcome = repair(name, key);
    assertThat(outcome.remaining()).isEmpty();
    assertThat(outcome.digest()).isEqualTo(peer.status().digest());
    checkEqualToPeer(name, outcome.done().stream().anyMatch(done -> done.contains("laid again")));
    assertThat(Verification.of(directory, _ -> {}).findings()).isEmpty();
  }

  /// The index is named as a whole; two files that contradict each other are named by one of them;
  /// what healed files no longer give is damaged where it was.
  private static boolean named(String named, String file) {
    boolean papers =
        file.matches("sennit\\.json|root\\.json|machine\\.key")
            && named.matches("sennit\\.json|root\\.json|machine\\.key");
    boolean index = file.startsWith("index/") && named.equals("index");
    boolean heals = file.startsWith("heals/") && named.matches("(heals|log)(/.*)?");
    boolean log = file.startsWith("log/") && named.equals("log");
    return named.equals(file) || papers || index || heals || log;
  }

  /// Each position gives its old event or an exception that says so; or the machine refuses.
  private void checkServesNothingWrong(String name) {
    try (var machine = Sennit.open(folder.resolve(name))) {
      for (long position = 1; position <= machine.count(); position++) {
        try {
          var event = machine.get(position).orElseThrow().event();
          assertThat(event.id()).isEqualTo(expected.get((int) position - 1));
        } catch (SennitException e) {
          assertThat(e.kind()).isIn(SennitException.Kind.DAMAGED, SennitException.Kind.REFUSED);
        }
      }
    } catch (SennitException e) {
      assertThat(e).hasMessageMatching("(?s).*(repair|restore|delete).*");
    }
  }

  private void checkEqualToPeer(String name, boolean moved) {
    for (int times = 0; times < 2; times++) { // it stays so when it is opened again
      try (var machine = Sennit.open(folder.resolve(name))) {
        assertThat(machine.status().digest()).isEqualTo(peer.status().digest());
      }
      var ids = ids(name);
      if (moved) {
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).isEqualTo(new HashSet<>(expected));
      } else {
        assertThat(ids).isEqualTo(expected);
      }
    }
  }
}
