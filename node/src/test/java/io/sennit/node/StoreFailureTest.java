package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.node.SennitException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that cannot go on: where its next segment should be is a folder.
final class StoreFailureTest {
  private static final int PATIENCE_SECONDS = 20;
  private static final int APPENDS = 3_000;

  @TempDir Path folder;

  private static String event(SplittableRandom random) {
    var noise = new byte[500];
    random.nextBytes(noise);
    return "{\"noise\":\"" + HexFormat.of().formatHex(noise) + "\"}";
  }

  /// How it failed, if it did; it must be answered.
  private static Optional<Kind> failure(CompletableFuture<Entry> answer) {
    try {
      answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      return Optional.empty();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SennitException refusal) {
        return Optional.of(refusal.kind());
      }
      throw e;
    }
  }

  @Test
  void whatIsOnItsWayIsAnsweredUnknownAndTheRestDeclined() throws Exception {
    var dir = folder.resolve("a");
    Sennit.init(dir, "test");
    var obstacle = dir.resolve("log/00000002.log/in the way");
    var random = new SplittableRandom(1);
    var acknowledged = new ArrayList<Entry>();
    try (var sennit = Sennit.open(dir)) {
      Files.createDirectories(obstacle);
      var answers = new ArrayList<CompletableFuture<Entry>>();
      for (int n = 0; n < APPENDS; n++) {
        answers.add(sennit.append(event(random)));
      }
      var kinds = new ArrayList<Kind>();
      for (var answer : answers) {
        var refusal = failure(answer);
        if (refusal.isPresent()) {
          kinds.add(refusal.get());
        } else {
          assertThat(kinds).as("no gap before what was acknowledged").isEmpty();
          acknowledged.add(answer.join());
        }
      }
      assertThat(acknowledged).isNotEmpty();
      assertThat(kinds).first().isEqualTo(Kind.UNKNOWN);
      assertThat(kinds).isSubsetOf(Kind.UNKNOWN, Kind.DECLINED);
      assertThat(sennit.status().mode()).isEqualTo("read-only");
      assertThat(failure(sennit.append("{}"))).contains(Kind.DECLINED);
      for (var entry : acknowledged) {
        assertThat(sennit.get(entry.event().id())).isPresent();
      }
    }
    Files.delete(obstacle);
    Files.delete(obstacle.resolveSibling(""));
    try (var again = Sennit.open(dir)) {
      for (var entry : acknowledged) {
        assertThat(again.get(entry.position()).orElseThrow().event().id())
            .isEqualTo(entry.event().id());
      }
      again.append(List.of("{\"goes\":\"on\"}", "{}")).join();
      assertThat(again.verify(_ -> {})).isEmpty();
    }
  }
}
