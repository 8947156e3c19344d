package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// Uuids are found, whatever they look like, wherever they stand between memory and merged lists.
final class IdListsTest {
  private static final int EVENTS = 2000;

  /// Lists of 16 and batches as they come, so that lists of several levels are made.
  private static final StoreOptions SMALL =
      new StoreOptions(2048, 8192, 1500, 64, 0, 500, 16, 16, 4096);

  private static final MachineId MACHINE = MachineId.of(new byte[32], 0);

  private int directories;

  @TempDir Path temporary;

  /// An index and its tail, without a log.
  private static final class Half implements AutoCloseable {
    private final Index index;
    private final Visible visible;
    private final IndexThread indexing;

    Half(Path directory, StoreOptions options) throws RocksDBException {
      index = Index.open(directory);
      var checkpoint = checkpoint(index);
      var lists = IdLists.read(index, checkpoint, options.listEvents());
      visible = new Visible(options, checkpoint, lists, index, (_, _) -> null);
      indexing = new IndexThread(index, checkpoint, lists, visible, options);
    }

    /// A chain of events with these uuids, those that are not here yet.
    void add(List<EventId> ids, SplittableRandom random) {
      while (visible.count() < ids.size()) {
        var entries = new ArrayList<TailEntry>();
        long last = Math.min(ids.size(), visible.count() + random.nextInt(1, 40));
        for (long position = visible.count() + 1; position <= last; position++) {
          var parents = position == 1 ? Positions.of() : Positions.of(position - 1);
          var id = ids.get((int) position - 1);
          var node = new Node(position, id, position - 1, MACHINE, true, 100, parents);
          entries.add(new TailEntry(position, node, LogAddress.of(1, 128), null));
        }
        visible.add(entries);
      }
    }

    void check(List<EventId> ids, SplittableRandom random) {
      var view = visible.acquire();
      try {
        for (int i = 0; i < view.count(); i++) {
          var id = ids.get(i);
          assertThat(view.position(id)).isEqualTo(i + 1);
          assertThat(view.position(new EventId(id.a(), id.b(), id.c(), ~id.d()))).isZero();
          assertThat(view.position(anyId(random))).isZero();
        }
        var sorted = ids.stream().limit(view.count()).sorted().toList();
        for (int i = 0; i < 20; i++) {
          int from = random.nextInt(sorted.size());
          int to = random.nextInt(from, sorted.size());
          int limit = random.nextInt(1, 100);
          assertThat(view.ids(sorted.get(from), sorted.get(to), limit))
              .isEqualTo(sorted.subList(from, to + 1).stream().limit(limit).toList());
        }
      } finally {
        view.moment().release();
      }
    }

    @Override
    public void close() {
      visible.close();
      indexing.join();
      visible.releaseLast();
      index.close();
    }
  }

  private static Checkpoint checkpoint(Index index) {
    var row = index.get(Family.META, Index.CHECKPOINT_KEY);
    return row == null ? new Checkpoint(0, 0, -1, 0, 1, 2) : Checkpoint.read(row);
  }

  private static EventId anyId(SplittableRandom random) {
    return new EventId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static List<EventId> ids(Supplier<EventId> next) {
    return java.util.stream.Stream.generate(next).limit(EVENTS).toList();
  }

  private Path fresh() {
    return temporary.resolve("i" + directories++);
  }

  private void foundThroughout(List<EventId> ids, SplittableRandom random) {
    var directory = fresh();
    try {
      for (int to = 0; to < ids.size(); ) {
        to = Math.min(ids.size(), to + random.nextInt(1, 900));
        try (var half = new Half(directory, SMALL)) {
          half.add(ids.subList(0, to), random);
          half.check(ids, random);
        }
        try (var half = new Half(directory, SMALL)) {
          half.check(ids, random);
        }
      }
    } catch (RocksDBException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void honestUuidsAreFound() {
    Seeds.check(2, random -> foundThroughout(ids(() -> anyId(random)), random));
  }

  /// What an attacker would need more hashes for than there are.
  @Test
  void uuidsThatShareEveryBitOfTheirPrefixAreFound() {
    Seeds.check(
        1,
        random ->
            foundThroughout(
                ids(() -> new EventId(42, random.nextLong(), 0, random.nextLong())), random));
  }

  /// What an attacker can grind: the first bits of all, some of them equal in the whole prefix.
  @Test
  void uuidsThatWereGroundIntoOneBucketAreFound() {
    Seeds.check(
        2,
        random -> {
          int bits = random.nextInt(8, 44);
          long same = random.nextLong() << (64 - bits);
          foundThroughout(
              ids(() ->
                  new EventId(
                      same | ((random.nextLong() >>> bits) & -(1L << random.nextInt(10, 30))),
                      random.nextLong(),
                      random.nextLong(),
                      random.nextLong())),
              random);
        });
  }

  /// A page is read for each look-up, so none may grow with the history.
  @Test
  void groundUuidsMakeNoLongPages() throws RocksDBException {
    var random = new SplittableRandom(5);
    var directory = fresh();
    try (var half = new Half(directory, SMALL)) {
      half.add(ids(() -> new EventId(random.nextLong() >>> 16, 1, 2, random.nextLong())), random);
    }
    try (var index = Index.open(directory)) {
      var moment = index.moment();
      int longest = 0;
      try (var rows = moment.rows(Family.LISTS, Keys.number(0))) {
        for (; rows.valid(); rows.next()) {
          boolean page = rows.key().length == 16;
          longest = Math.max(longest, page ? rows.value().length : 0);
        }
      }
      assertThat(longest).isBetween(1, IdList.PAGE_MAX * 8);
      moment.release();
    }
  }

  @Test
  void fewListsStayHoweverManyEventsCome() throws RocksDBException {
    var random = new SplittableRandom(6);
    var directory = fresh();
    try (var half = new Half(directory, SMALL)) {
      half.add(ids(() -> anyId(random)), random);
    }
    try (var index = Index.open(directory)) {
      var checkpoint = checkpoint(index);
      var lists = IdLists.read(index, checkpoint, SMALL.listEvents());
      assertThat(lists.last()).isEqualTo(EVENTS - EVENTS % 16);
      assertThat(lists.lists()).hasSizeBetween(4, 6 * IdList.FAN);
      assertThat(lists.lists().getFirst().level()).isGreaterThanOrEqualTo(2);
    }
  }

  /// Opened again after every few events, while four lists become one.
  @Test
  void aMergeGoesOnWhereItWas() throws RocksDBException {
    var options = new StoreOptions(2048, 8192, 1500, 64, 0, 500, 4096, 16, 4096);
    var random = new SplittableRandom(8);
    var directory = fresh();
    int begin = 4096 * IdList.FAN;
    var ids = java.util.stream.Stream.generate(() -> anyId(random)).limit(begin + 600).toList();
    var chunks = new TreeSet<Integer>();
    for (int to = begin; to <= ids.size(); to += 40) {
      try (var half = new Half(directory, options)) {
        half.add(ids.subList(0, to), random);
      }
      try (var index = Index.open(directory)) {
        var lists = IdLists.read(index, checkpoint(index), options.listEvents());
        lists.merge(0).ifPresent(merge -> chunks.add(merge.chunk()));
      }
    }
    assertThat(chunks).hasSizeGreaterThan(1);
    try (var half = new Half(directory, options)) {
      half.check(ids, random);
    }
    try (var index = Index.open(directory)) {
      var lists = IdLists.read(index, checkpoint(index), options.listEvents());
      assertThat(lists.lists()).singleElement().matches(list -> list.level() == 1);
      assertThat(lists.merges()).isEmpty();
    }
  }

  @Test
  void anIndexThatAnotherBuildMadeIsIllegible() throws RocksDBException {
    var random = new SplittableRandom(7);
    var directory = fresh();
    try (var half = new Half(directory, SMALL)) {
      half.add(ids(() -> anyId(random)), random);
    }
    try (var index = Index.open(directory)) {
      var checkpoint = checkpoint(index);
      assertThatThrownBy(() -> IdLists.read(index, checkpoint, 32))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.indexIllegible()).isTrue());
      var rows = new IndexBatch();
      rows.delete(Family.META, Keys.LISTS);
      index.write(rows);
      assertThatThrownBy(() -> IdLists.read(index, checkpoint, 16))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.indexIllegible()).isTrue());
    }
  }
}
