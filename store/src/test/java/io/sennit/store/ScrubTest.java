package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.dag.Graphs;
import io.sennit.event.PretendSigner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looking at record after record finds what a look at everything finds.
final class ScrubTest {
  private int directories;

  @TempDir Path temporary;

  private static List<Finding> pass(SegmentStore store) {
    var findings = new ArrayList<Finding>();
    for (long position = 1; position <= store.count(); ) {
      var scrubbed = store.scrub(position);
      assertThat(scrubbed.last()).isBetween(position, store.count());
      findings.addAll(scrubbed.findings());
      position = scrubbed.last() + 1;
    }
    return findings;
  }

  @Test
  void damageIsFoundAlsoInWhatWasReadBefore() {
    Seeds.check(
        5,
        random -> {
          var batches = Stores.batches(random, 200);
          var directory = temporary.resolve("d" + directories++);
          try (var store = Stores.open(directory, StoreOptions.DEFAULT)) {
            batches.forEach(store::append);
            assertThat(pass(store)).isEmpty();
            for (long position = 1; position <= store.count(); position++) {
              store.event(position); // every record is in memory now
            }
            var records = Stores.records(directory);
            for (int i = 0; i < 4; i++) {
              var victim = records.get(random.nextInt(1, records.size()));
              Stores.flip(directory, victim.address() + random.nextInt(victim.sizeBytes()));
            }
            var found = pass(store);
            var marked = store.damaged();
            assertThat(marked).isNotEmpty();
            assertThat(found.stream().map(Finding::position)).containsExactlyElementsOf(marked);
            var audited = store.audit(Graphs.root(), PretendSigner.seals(), _ -> {});
            assertThat(audited.stream().map(Finding::position)).containsExactlyElementsOf(marked);
            store.heal(
                batches.stream()
                    .flatMap(List::stream)
                    .filter(placed -> marked.contains(placed.position()))
                    .toList());
            assertThat(pass(store)).isEmpty();
          }
        });
  }
}
