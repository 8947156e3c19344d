package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.dag.Graphs;
import io.sennit.dag.Placed;
import io.sennit.event.PretendSigner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged events come back at their old positions, whatever happens meanwhile.
final class HealsTest {
  private int directories;

  @TempDir Path temporary;

  private Path fresh() {
    return temporary.resolve("d" + directories++);
  }

  /// A closed store with some illegible records, none of them the one with R.
  private Path damaged(List<List<Placed>> batches, SplittableRandom random) {
    var directory = fresh();
    try (var store = Stores.open(directory)) {
      batches.forEach(store::append);
    }
    var records = Stores.records(directory);
    for (int i = 0; i < 3; i++) {
      var victim = records.get(random.nextInt(1, records.size()));
      Stores.flip(directory, victim.address() + random.nextInt(victim.sizeBytes()));
    }
    return directory;
  }

  /// The event that was appended at this position.
  private static Placed at(List<List<Placed>> batches, long position) {
    return batches.stream()
        .flatMap(List::stream)
        .filter(placed -> placed.position() == position)
        .findFirst()
        .orElseThrow();
  }

  /// Finds what is damaged by reading everything.
  private static List<Placed> wanted(SegmentStore store, List<List<Placed>> batches) {
    var wanted = new ArrayList<Placed>();
    for (long position = 1; position <= store.count(); position++) {
      if (store.intact(position).isEmpty()) {
        wanted.add(at(batches, position));
      }
    }
    assertThat(store.damaged()).isEqualTo(wanted.stream().map(Placed::position).toList());
    return wanted;
  }

  @Test
  void healedEventsAreReadAtTheirOldPositionsAlsoWithoutAnIndex() {
    Seeds.check(
        5,
        random -> {
          var batches = Stores.batches(random, 150);
          var directory = damaged(batches, random);
          try (var store = Stores.open(directory)) {
            var told = new ArrayList<Long>();
            store.onDamage(told::addAll);
            var wanted = wanted(store, batches);
            assertThat(told).containsExactlyElementsOf(store.damaged());
            assertThat(wanted).isNotEmpty();
            int some = random.nextInt(wanted.size());
            store.heal(wanted.subList(some, wanted.size()));
            store.heal(wanted);
            assertThat(store.damaged()).isEmpty();
            Stores.model(batches).check(store, random);
          }
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          }
          Stores.delete(directory.resolve("index"));
          try (var store = Stores.open(directory)) {
            assertThat(store.lost()).isEmpty();
            Stores.model(batches).check(store, random);
            assertThat(store.audit(Graphs.root(), PretendSigner.seals(), _ -> {})).isEmpty();
          }
        });
  }

  @Test
  void anotherEventHealsNothing() {
    var random = new SplittableRandom(7);
    var batches = Stores.batches(random, 80);
    var directory = damaged(batches, random);
    try (var store = Stores.open(directory)) {
      var wanted = wanted(store, batches).getFirst();
      var other = batches.getFirst().getFirst().event();
      store.heal(List.of(new Placed(wanted.node(), other)));
      assertThat(store.intact(wanted.position())).isEmpty();
      assertThat(store.damaged()).contains(wanted.position());
      assertThatThrownBy(() -> store.event(wanted.position()))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.damaged()).isTrue())
          .hasMessageContaining(wanted.node().id().toString());
    }
  }

  /// The disk stops in the middle of each write in turn; what is left is never worse than before.
  @Test
  void cutAtEveryWriteOfHealingItCanBeHealedAgain() {
    var random = new SplittableRandom(8);
    var batches = Stores.batches(random, 100);
    var template = damaged(batches, random);
    int cuts = 0;
    for (boolean healed = false; !healed; cuts++) {
      var directory = fresh();
      Stores.copy(template, directory);
      var disk = new FailingDisk();
      try (var store = SegmentStore.open(directory, Graphs.root(), Stores.TINY, disk)) {
        var wanted = wanted(store, batches);
        disk.writesLeft.set(cuts);
        healed = heals(store, wanted);
        assertThat(wanted(store, batches).size()).isLessThanOrEqualTo(wanted.size());
        disk.writesLeft.set(Integer.MAX_VALUE);
      }
      try (var store = Stores.open(directory)) {
        store.heal(wanted(store, batches));
        Stores.model(batches).check(store, random);
      }
      Stores.delete(directory.resolve("index"));
      try (var store = Stores.open(directory)) {
        Stores.model(batches).check(store, random);
      }
    }
    assertThat(cuts).isGreaterThan(3);
    System.out.println("healing cut in the middle of " + (cuts - 1) + " writes");
  }

  private static boolean heals(SegmentStore store, List<Placed> wanted) {
    try {
      store.heal(wanted);
      return true;
    } catch (StoreException _) {
      return false;
    }
  }

  @Test
  void layingAgainKeepsWhatIsWholeAndMayBeCutAnywhere() {
    Seeds.check(
        3,
        random -> {
          var batches = Stores.batches(random, 120);
          var template = damaged(batches, random);
          Stores.delete(template.resolve("index"));
          try (var store = Stores.open(template)) {
            assertThat(store.lost()).isNotEmpty();
          }
          boolean done = false;
          for (int cuts = random.nextInt(5); !done; cuts += random.nextInt(1, 40)) {
            var directory = fresh();
            Stores.copy(template, directory);
            var disk = new FailingDisk();
            disk.writesLeft.set(cuts);
            try {
              Relay.run(directory, Graphs.root(), Stores.TINY, disk, _ -> {});
              done = true;
            } catch (StoreException _) {
              Relay.run(directory, Graphs.root(), Stores.TINY, Stores.UNSYNCED, _ -> {});
            }
            checkLaidAgain(directory, batches);
          }
        });
  }

  private static void checkLaidAgain(Path directory, List<List<Placed>> batches) {
    try (var store = Stores.open(directory)) {
      assertThat(store.audit(Graphs.root(), PretendSigner.seals(), _ -> {})).isEmpty();
      long last = batches.getLast().getLast().position();
      boolean moved = false;
      long before = 1;
      for (long position = 2; position <= store.count(); position++) {
        long old = before + 1;
        while (!at(batches, old).node().id().equals(store.node(position).id())) {
          old++; // one that was lost, or whose parents were
          moved = true;
        }
        assertThat(old == position || moved).isTrue();
        before = old;
      }
      assertThat(moved || before < last).isTrue();
    }
  }
}
