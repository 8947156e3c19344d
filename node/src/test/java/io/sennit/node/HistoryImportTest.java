package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A history is imported in slices on three connected machines at the same time: they end
/// identical.
final class HistoryImportTest {
  /// Real commits that some of us keep beside the project; the test on them is skipped where they
  /// are absent.
  private static final Path TRACE = Path.of("../../shared/data/git-history.ndjson.gz");

  private static final int CHUNK = 500;

  @TempDir Path folder;

  @Test
  void generatedCommitsImportedOnThreeMachinesEndIdentical() {
    var commits = new ArrayList<String>();
    for (int n = 0; n < 9_000; n++) {
      commits.add(
          "{\"n\":"
              + n
              + ",\"author\":"
              + n % 97
              + ",\"commitParents\":["
              + Math.max(0, n - 1)
              + "],\"type\":\"commit\",\"subject\":\"change "
              + n
              + " ✓\"}");
    }
    importOnThree(commits);
  }

  @Test
  void realCommitsImportedOnThreeMachinesEndIdentical() throws IOException {
    assumeTrue(Files.exists(TRACE), "the trace of real commits is not on this computer");
    var commits = new ArrayList<String>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TRACE)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(line -> line.replace("\"parents\":", "\"commitParents\":"))
          .forEach(commits::add);
    }
    assertThat(commits).hasSizeGreaterThan(80_000);
    importOnThree(commits);
  }

  private void importOnThree(List<String> commits) {
    Sennit.init(folder.resolve("0"), "history");
    try (var a = Sennit.open(folder.resolve("0"))) {
      var ticket = a.invite(List.of(a.listen(new Address("127.0.0.1", 0))));
      Sennit.join(folder.resolve("1"), ticket);
      Sennit.join(folder.resolve("2"), ticket);
      try (var b = Sennit.open(folder.resolve("1"));
          var c = Sennit.open(folder.resolve("2"))) {
        for (var joiner : List.of(b, c)) {
          joiner.listen(new Address("127.0.0.1", 0));
          joiner.connectKnownPeers();
        }
        var machines = List.of(a, b, c);
        var imports = new ArrayList<CompletableFuture<Void>>();
        int slice = commits.size() / 3;
        for (int i = 0; i < 3; i++) {
          var machine = machines.get(i);
          var part = commits.subList(i * slice, i == 2 ? commits.size() : (i + 1) * slice);
          imports.add(CompletableFuture.runAsync(() -> take(machine, part)));
        }
        imports.forEach(CompletableFuture::join);
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(() -> {
              for (var machine : machines) {
                assertThat(machine.count()).isEqualTo(commits.size() + 1L);
                assertThat(machine.status().digest()).isEqualTo(a.status().digest());
              }
            });
      }
    }
  }

  private static void take(Sennit machine, List<String> commits) {
    for (int from = 0; from < commits.size(); from += CHUNK) {
      machine.append(commits.subList(from, Math.min(commits.size(), from + CHUNK))).join();
    }
  }
}
