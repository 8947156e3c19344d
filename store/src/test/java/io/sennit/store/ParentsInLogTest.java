package io.sennit.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.dag.Ancestry;
import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.dag.MemoryStore;
import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.PretendSigner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index that leaves the parents of events with more than one to the log.
class ParentsInLogTest {
  /// An index as an earlier build made it: all parents stand in it.
  private static final StoreOptions ALL_IN_INDEX =
      new StoreOptions(2048, 8192, 1500, 24, 0, 64, 8, 1024, 4096);

  private int directories;

  @TempDir private Path temporary;

  private Path fresh() {
    return temporary.resolve("d" + directories++);
  }

  private static MemoryStore memory(List<List<Placed>> batches) {
    var memory = Stores.memory();
    batches.forEach(memory::append);
    return memory;
  }

  private Path written(List<List<Placed>> batches, StoreOptions options) {
    var directory = fresh();
    try (var store = Stores.open(directory, options)) {
      batches.forEach(store::append);
    }
    return directory;
  }

  /// A closed store with some illegible records, none of them the one with R.
  private Path damaged(List<List<Placed>> batches, SplittableRandom random) {
    var directory = written(batches, Stores.TINY);
    var records = Stores.records(directory);
    for (int i = 0; i < 3; i++) {
      var victim = records.get(random.nextInt(1, records.size()));
      Stores.flip(directory, victim.address() + random.nextInt(victim.sizeBytes()));
    }
    return directory;
  }

  private static long[] difference(EventStore store, Positions known) {
    var tips = store.tips().stream().mapToLong(store::position).toArray();
    return Ancestry.difference(store::node, Positions.of(tips), known);
  }

  /// A peer would otherwise never be sent what only a damaged event names.
  @Test
  void whatAPeerLacksIsFoundAlsoWhileRecordsAreDamaged() {
    Seeds.check(
        20,
        random -> {
          var batches = Stores.batches(random, 150);
          var memory = memory(batches);
          try (var store = Stores.open(damaged(batches, random))) {
            for (int i = 0; i < 20; i++) {
              var known = Positions.of(random.nextLong(1, store.count() + 1));
              assertThat(difference(store, known)).contains(difference(memory, known));
            }
            assertThat(store.damaged()).isNotEmpty();
          }
        });
  }

  @Test
  void noChainIsTakenForForkedBecauseRecordsAreDamaged() {
    Seeds.check(
        20,
        random -> {
          var batches = Stores.batches(random, 150);
          var memory = memory(batches);
          int half = batches.size() / 2;
          try (var store = Stores.open(damaged(batches.subList(0, half), random))) {
            batches.subList(half, batches.size()).forEach(store::append);
            for (var author : store.authors(Graphs.root().event().machine(), 100)) {
              var ends = store.authorTips(author);
              for (int i = 1; i < ends.size(); i++) {
                long earlier = ends.get(i - 1);
                long later = ends.get(i);
                assertThat(Ancestry.isAncestor(memory::node, earlier, later)).isFalse();
              }
            }
          }
        });
  }

  /// Healing asks the store itself for the place of what came back.
  @Test
  void healedEventsHaveAllTheirParentsAgain() {
    Seeds.check(
        10,
        random -> {
          var batches = Stores.batches(random, 150);
          var memory = memory(batches);
          var directory = damaged(batches, random);
          try (var store = Stores.open(directory)) {
            for (long position = 1; position <= store.count(); position++) {
              assertThat(memory.node(position).parents().stream().boxed())
                  .containsAll(store.node(position).parents().stream().boxed().toList());
              store.intact(position); // finds what is damaged
            }
            var healing = new ArrayList<Placed>();
            for (long position : store.damaged()) {
              healing.add(new Placed(store.node(position), memory.event(position)));
            }
            assertThat(healing).isNotEmpty();
            store.heal(healing);
            Stores.model(batches).check(store, random);
          }
          Stores.delete(directory.resolve("index"));
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          }
        });
  }

  @Test
  void anIndexThatAnEarlierBuildMadeGoesOn() throws Exception {
    var random = new SplittableRandom(11);
    var batches = Stores.batches(random, 150);
    int half = batches.size() / 2;
    var directory = written(batches.subList(0, half), ALL_IN_INDEX);
    setForm(directory, 1);
    try (var store = Stores.open(directory)) {
      assertThat(store.opening()).isEmpty();
      batches.subList(half, batches.size()).forEach(store::append);
      Stores.model(batches).check(store, random);
    }
    assertThat(form(directory)).isEqualTo(2);
    try (var store = Stores.open(directory)) {
      Stores.model(batches).check(store, random);
      assertThat(store.audit(Graphs.root(), PretendSigner.seals(), _ -> {})).isEmpty();
    }
  }

  @Test
  void anIndexThatALaterBuildMadeIsBuiltAgain() throws Exception {
    var random = new SplittableRandom(12);
    var batches = Stores.batches(random, 100);
    var directory = written(batches, Stores.TINY);
    setForm(directory, 3);
    try (var store = Stores.open(directory)) {
      assertThat(store.opening()).singleElement().asString().contains("another build made it");
      Stores.model(batches).check(store, random);
    }
    assertThat(form(directory)).isEqualTo(2);
  }

  private static int form(Path directory) throws Exception {
    try (var index = Index.open(directory.resolve("index"))) {
      return requireNonNull(index.get(Family.META, Keys.LISTS))[0];
    }
  }

  private static void setForm(Path directory, int form) throws Exception {
    try (var index = Index.open(directory.resolve("index"))) {
      var row = requireNonNull(index.get(Family.META, Keys.LISTS));
      row[0] = (byte) form;
      var rows = new IndexBatch();
      rows.put(Family.META, Keys.LISTS, row);
      index.write(rows);
      index.flush(true);
    }
  }

  @Test
  void parentsAreReadAlsoWhenTheStoreWasOpenedAgainMeanwhile() {
    var random = new SplittableRandom(13);
    var batches = Stores.batches(random, 100);
    var memory = memory(batches);
    var directory = written(batches, Stores.TINY);
    try (var store = new ReopenableStore(() -> Stores.open(directory))) {
      var nodes = new ArrayList<Node>();
      for (long position = 1; position <= store.count(); position++) {
        nodes.add(store.node(position));
      }
      store.reopen();
      for (var node : nodes) {
        assertThat(node).isEqualTo(memory.node(node.position()));
      }
    }
  }

  /// With many parents, only those are in the index that the event was the first to name.
  @Test
  void theIndexKeepsTheParentsThatWereTips() throws Exception {
    var events = new ArrayList<>(List.of(Graphs.root().event()));
    for (int n = 1; n <= 24; n++) {
      events.add(Graphs.event(n, "{\"n\":" + n + "}", List.of(events.getFirst().id())));
    }
    var ids = events.stream().map(event -> event.id()).toList();
    var few = ids.subList(1, 17);
    var many = ids.subList(1, 21);
    events.add(Graphs.event(30, "{}", few));
    events.add(Graphs.event(31, "{}", many));
    var directory = fresh();
    try (var store = Stores.open(directory, StoreOptions.DEFAULT)) {
      Graphs.append(store, events);
    }
    try (var index = Index.open(directory.resolve("index"))) {
      var page = NodePage.decode(0, requireNonNull(index.get(Family.META, Keys.LAST_PAGE)));
      var machine = Graphs.root().event().machine();
      assertThat(page.parentsInLog(26)).isFalse();
      assertThat(requireNonNull(page.node(26, _ -> machine)).parents())
          .isEqualTo(Positions.of(LongStream.rangeClosed(2, 17).toArray()));
      assertThat(page.parentsInLog(27)).isTrue();
      assertThat(requireNonNull(page.node(27, _ -> machine)).parents())
          .isEqualTo(Positions.of(18, 19, 20, 21));
    }
    try (var store = Stores.open(directory, StoreOptions.DEFAULT)) {
      assertThat(store.node(27).parents())
          .isEqualTo(Positions.of(LongStream.rangeClosed(2, 21).toArray()));
    }
  }
}
