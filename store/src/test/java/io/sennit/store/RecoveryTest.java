package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.dag.Placed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store holds after it was closed, killed, cut or damaged.
final class RecoveryTest {
  private int directories;

  @TempDir Path temporary;

  private Path fresh() {
    return temporary.resolve("d" + directories++);
  }

  @Test
  void reopenedAfterEveryBatchItHoldsWhatWasAppended() {
    Seeds.check(
        1,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 90);
          for (int i = 0; i < batches.size(); i++) {
            try (var store = Stores.open(directory)) {
              Stores.model(batches.subList(0, i)).check(store, random);
              store.append(batches.get(i));
            }
          }
        });
  }

  /// A copy of the files is what a machine finds that was killed.
  @Test
  void killedAtAnyMomentItHoldsWholeBatchesAndAllThatWereWritten() {
    Seeds.check(
        3,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 150);
          var copies = new ArrayList<Path>();
          var written = new ArrayList<Integer>();
          try (var store = Stores.open(directory)) {
            for (int i = 0; i < batches.size(); i++) {
              store.append(batches.get(i));
              if (random.nextInt(5) == 0) {
                copies.add(fresh());
                written.add(i + 1);
                copyLogFirst(directory, copies.getLast());
              }
            }
          }
          for (int i = 0; i < copies.size(); i++) {
            try (var store = Stores.open(copies.get(i))) {
              Stores.model(batches.subList(0, written.get(i))).check(store, random);
              batches.subList(written.get(i), batches.size()).forEach(store::append);
              Stores.model(batches).check(store, random);
            }
          }
        });
  }

  /// The index changes while it is copied, so that copy may be of no use; the log's is.
  private static void copyLogFirst(Path from, Path to) {
    Stores.copy(from.resolve("log"), to.resolve("log"));
    for (int tries = 0; tries < 10; tries++) {
      try {
        Stores.copy(from.resolve("index"), to.resolve("index"));
        return;
      } catch (java.io.UncheckedIOException _) {
        Stores.delete(to.resolve("index")); // RocksDB deleted a file in between
      }
    }
  }

  @Test
  void cutAtAnyByteOfTheLastWriteTheLogEndsBeforeIt() {
    var directory = fresh();
    writeUnflushed(directory, Stores.batches(new SplittableRandom(6), 24));
    var last = Stores.records(directory).getLast();
    for (int kept = 0; kept <= last.sizeBytes(); kept++) {
      var copy = fresh();
      Stores.copy(directory.resolve("log"), copy.resolve("log"));
      Stores.zeroFrom(copy, last.address() + kept);
      long whole = kept == last.sizeBytes() ? last.lastPosition() : last.durablePosition();
      assertThat(Stores.endOfLog(copy)).as("%d bytes kept", kept).isEqualTo(whole);
      assertThat(Stores.records(copy).getLast().lastPosition()).isEqualTo(whole);
    }
  }

  @Test
  void cutInTheLastWriteItGoesOn() {
    Seeds.check(
        4,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 24);
          writeUnflushed(directory, batches);
          var last = Stores.records(directory).getLast();
          Stores.zeroFrom(directory, last.address() + random.nextInt(last.sizeBytes()));
          try (var store = Stores.open(directory)) {
            assertThat(store.count()).isEqualTo(last.durablePosition());
            Stores.heldBy(store, batches);
            store.append(batches.getLast());
            Stores.model(batches).check(store, random);
          }
        });
  }

  /// Leaves the log, but no index.
  private static void writeUnflushed(Path directory, List<List<Placed>> batches) {
    try (var store = Stores.open(directory, Stores.UNFLUSHED)) {
      batches.forEach(store::append);
    }
    Stores.delete(directory.resolve("index"));
  }

  @Test
  void aWriteOfSeveralRecordsStaysWholeOrGoesWhole() {
    Seeds.check(
        2,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 60);
          try (var store = Stores.open(directory, Stores.UNFLUSHED)) {
            store.append(batches.getFirst());
            store.write(batches.subList(1, batches.size()));
          }
          Stores.delete(directory.resolve("index"));
          var records =
              Stores.records(directory).stream()
                  .filter(each -> each.firstPosition() > batches.getFirst().getLast().position())
                  .toList();
          assertThat(records).hasSizeGreaterThan(3);
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          }
          Stores.delete(directory.resolve("index"));
          var torn = records.get(random.nextInt(records.size()));
          Stores.flip(directory, torn.address() + random.nextInt(torn.sizeBytes()));
          try (var store = Stores.open(directory)) {
            assertThat(store.count()).isEqualTo(batches.getFirst().getLast().position());
            batches.forEach(store::append);
          }
          Stores.delete(directory.resolve("index"));
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          }
        });
  }

  @Test
  void aByteFlippedInTheLastRecordEndsTheLogThere() {
    Seeds.check(
        4,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 40);
          writeUnflushed(directory, batches);
          var last = Stores.records(directory).getLast();
          Stores.flip(directory, last.address() + random.nextInt(last.sizeBytes()));
          try (var store = Stores.open(directory)) {
            assertThat(store.count()).isEqualTo(last.durablePosition());
            var held = Stores.heldBy(store, batches);
            Stores.model(held).check(store, random);
          }
        });
  }

  @Test
  void aByteFlippedInAnOlderRecordIsDamageThatIsNamed() {
    Seeds.check(
        4,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 60);
          try (var store = Stores.open(directory)) {
            batches.forEach(store::append);
          }
          flipOlderAndCheck(directory, batches, random);
        });
  }

  /// Without the index, nothing but the log knows the events after the damage.
  @Test
  void damageIsConfinedToItsRecordWithoutTheIndexToo() {
    Seeds.check(
        4,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 60);
          writeUnflushed(directory, batches);
          flipOlderAndCheck(directory, batches, random);
        });
  }

  private static void flipOlderAndCheck(
      Path directory, List<List<Placed>> batches, SplittableRandom random) {
    var records = Stores.records(directory);
    long durable = records.getLast().durablePosition();
    var older = records.stream().filter(each -> each.lastPosition() <= durable).toList();
    var damaged = older.get(random.nextInt(older.size()));
    Stores.flip(directory, damaged.address() + random.nextInt(damaged.sizeBytes()));
    var model = Stores.model(batches).events();
    try (var store = Stores.open(directory)) {
      assertThat(store.count()).isEqualTo(model.size());
      for (var placed : model) {
        long position = placed.position();
        if (position >= damaged.firstPosition() && position <= damaged.lastPosition()) {
          assertThatThrownBy(() -> store.event(position))
              .isInstanceOf(StoreException.class)
              .hasMessageContaining("position " + position);
        } else {
          assertThat(store.node(position)).isEqualTo(placed.node());
          assertThat(store.event(position).body()).isEqualTo(placed.event().body());
        }
      }
    }
  }

  @Test
  void theIndexIsRebuiltWhenItIsGoneOrIllegible() {
    Seeds.check(
        2,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 100);
          try (var store = Stores.open(directory)) {
            batches.forEach(store::append);
          }
          Stores.delete(directory.resolve("index"));
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          }
          java.nio.file.Files.writeString(directory.resolve("index/CURRENT"), "nonsense");
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          }
        });
  }

  /// Whatever byte of the index is wrong: it is rebuilt, or a read says so; nothing is made up.
  @Test
  void aDamagedIndexIsRebuiltOrSaysSo() {
    Seeds.check(
        6,
        random -> {
          var directory = fresh();
          var batches = Stores.batches(random, 60);
          try (var store = Stores.open(directory)) {
            batches.forEach(store::append);
          }
          Stores.damageIndex(directory, random);
          try (var store = Stores.open(directory)) {
            Stores.model(batches).check(store, random);
          } catch (StoreException e) {
            assertThat(e.indexIllegible()).as(String.valueOf(e.getMessage())).isTrue();
          }
        });
  }

  @Test
  void openingReadsTheEndOfTheLogHoweverLongItIs() {
    var directory = fresh();
    var batches = Stores.batches(new SplittableRandom(7), 3000);
    long bytesRead = 0;
    for (int part = 0; part < 4; part++) {
      try (var store = Stores.open(directory)) {
        batches
            .subList(part * batches.size() / 4, (part + 1) * batches.size() / 4)
            .forEach(store::append);
      }
      try (var store = Stores.open(directory)) {
        assertThat(store.recovery().recordsRead()).isLessThanOrEqualTo(2);
        bytesRead = Math.max(bytesRead, store.recovery().bytesRead());
        assertThat(store.sizeOnDisk().logSizeBytes()).isGreaterThan(10 * bytesRead);
      }
    }
    assertThat(bytesRead).isPositive();
  }

  @Test
  void whatWasWrittenAndNotPublishedIsThereAfterReopening() {
    var directory = fresh();
    var batches = Stores.batches(new SplittableRandom(8), 50);
    try (var store = Stores.open(directory)) {
      store.write(batches);
      assertThat(store.count()).isEqualTo(1);
      assertThat(store.durablePosition()).isEqualTo(50);
      store.publish(batches.getFirst());
      assertThat(store.count()).isEqualTo(batches.getFirst().getLast().position());
    }
    try (var store = Stores.open(directory)) {
      Stores.model(batches).check(store, new SplittableRandom(9));
    }
  }
}
