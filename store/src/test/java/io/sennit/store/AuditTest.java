package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.dag.Graphs;
import io.sennit.dag.Placed;
import io.sennit.event.PretendSigner;
import io.sennit.event.Seals;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What verifying a store finds.
final class AuditTest {
  @TempDir Path directory;

  private static List<Finding> audit(SegmentStore store) {
    return audit(store, PretendSigner.seals());
  }

  private static List<Finding> audit(SegmentStore store, Seals seals) {
    return store.audit(Graphs.root(), seals, _ -> {});
  }

  private List<List<Placed>> written(long seed, int size) {
    var batches = Stores.batches(new SplittableRandom(seed), size);
    try (var store = Stores.open(directory)) {
      batches.forEach(store::append);
    }
    return batches;
  }

  @Test
  void aSoundStoreHasNoFindings() {
    Seeds.check(
        3,
        random -> {
          var place = directory.resolve("s" + random.nextInt());
          try (var store = Stores.open(place)) {
            Stores.batches(random, 300).forEach(store::append);
            assertThat(audit(store)).isEmpty();
          }
          try (var store = Stores.open(place)) {
            assertThat(audit(store)).isEmpty();
          }
        });
  }

  @Test
  void everyEventOfADamagedRecordIsNamedAndNothingElse() {
    Seeds.check(
        20,
        random -> {
          var place = directory.resolve("s" + random.nextInt());
          try (var store = Stores.open(place)) {
            Stores.batches(random, 120).forEach(store::append);
          }
          var records = Stores.records(place);
          var damaged = records.get(random.nextInt(1, records.size()));
          Stores.flip(place, damaged.address() + random.nextInt(damaged.sizeBytes()));
          try (var store = Stores.open(place)) {
            var positions = audit(store).stream().map(Finding::position).toList();
            assertThat(positions)
                .containsExactlyElementsOf(
                    LongStream.rangeClosed(damaged.firstPosition(), damaged.lastPosition())
                        .boxed()
                        .toList());
          }
        });
  }

  @Test
  void aWrongSealIsNamed() {
    var batches = written(2, 40);
    var victim = batches.getLast().getFirst();
    try (var store = Stores.open(directory)) {
      Seals seals =
          (machine, message, seal) ->
              !java.util.Arrays.equals(seal, victim.event().seal())
                  && PretendSigner.seals().valid(machine, message, seal);
      assertThat(audit(store, seals))
          .singleElement()
          .matches(finding -> finding.position() == victim.position())
          .asString()
          .contains("seal");
    }
  }

  @Test
  void anIndexThatSaysSomethingElseIsNamed() throws Exception {
    var batches = written(3, 100);
    var node = batches.getLast().getLast().node();
    try (var index = Index.open(directory.resolve("index"))) {
      var rows = new IndexBatch();
      rows.deleteRange(Family.LISTS, Keys.number(0), Keys.number(Long.MAX_VALUE));
      rows.delete(Family.AUTHORS, node.machine().toBytes());
      rows.delete(Family.META, Keys.tip(node.position()));
      rows.delete(Family.SUMS, Keys.sum(1, 0));
      index.write(rows);
      index.flush(true);
    }
    try (var store = Stores.open(directory)) {
      assertThat(audit(store))
          .extracting(Finding::what)
          .anyMatch(what -> what.contains("by its uuid"))
          .anyMatch(what -> what.contains("tips"))
          .anyMatch(what -> what.contains("last events of machine"));
    }
  }

  @Test
  void progressIsToldUpToTheEnd() {
    written(4, 60);
    try (var store = Stores.open(directory)) {
      var reached = new java.util.concurrent.atomic.AtomicLong();
      store.audit(Graphs.root(), PretendSigner.seals(), reached::set);
      assertThat(reached).hasValue(60);
    }
  }
}
