package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.PretendSigner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What every implementation of the port does. A test of an implementation extends this class.
public abstract class EventStoreContract {
  private static final EventId LOWEST = new EventId(0, 0, 0, 0);

  /// A store that holds R alone, at position 1. Whoever makes it also cleans it up.
  protected abstract EventStore freshStore();

  /// How often a property is tried; a store on a disk may want less.
  protected int runs() {
    return 30;
  }

  private static List<Placed> placed(EventStore store, List<Event> events) {
    var memory = new MemoryStore();
    for (long position = 1; position <= store.count(); position++) {
      memory.append(List.of(new Placed(store.node(position), store.event(position))));
    }
    var placed = new ArrayList<Placed>();
    for (var event : events) {
      if (memory.position(event.id()) == 0) {
        var next = Graphs.place(memory, event);
        memory.append(List.of(next));
        placed.add(next);
      }
    }
    return placed;
  }

  /// Random events after R, placed, in batches of random size.
  private static List<List<Placed>> batches(EventStore store, SplittableRandom random, int size) {
    var all = placed(store, Graphs.random(random, size));
    var batches = new ArrayList<List<Placed>>();
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + random.nextInt(1, 20));
      batches.add(
          all.subList(from, to).stream().map(each -> Graphs.withReceipt(each, random)).toList());
      from = to;
    }
    return batches;
  }

  @Test
  void aFreshStoreHoldsTheRootAlone() {
    var store = freshStore();
    var root = Graphs.root().event();
    assertThat(store.count()).isEqualTo(1);
    assertThat(store.position(root.id())).isEqualTo(1);
    assertThat(store.event(1).body()).isEqualTo(root.body());
    assertThat(store.tips()).containsExactly(root.id());
    assertThat(store.node(1))
        .isEqualTo(
            new Node(1, root.id(), 0, root.machine(), true, root.body().length, Positions.of()));
    assertThat(store.authorTips(root.machine())).isEqualTo(Positions.of(1));
  }

  @Test
  void whatWasAppendedIsThere() {
    Seeds.check(
        runs(),
        random -> {
          var store = freshStore();
          var model = new Model(store);
          for (var batch : batches(store, random, random.nextInt(2, 300))) {
            store.append(batch);
            model.add(batch);
          }
          model.check(store, random);
        });
  }

  @Test
  void everyBatchIsSeenAtOnce() {
    Seeds.check(
        Math.max(1, runs() / 3),
        random -> {
          var store = freshStore();
          var model = new Model(store);
          for (var batch : batches(store, random, random.nextInt(2, 120))) {
            store.append(batch);
            model.add(batch);
            model.check(store, random);
          }
        });
  }

  @Test
  void appendingAgainChangesNothing() {
    Seeds.check(
        runs(),
        random -> {
          var store = freshStore();
          var model = new Model(store);
          var batches = batches(store, random, 60);
          for (int i = 0; i < batches.size(); i++) {
            store.append(batches.get(i));
            model.add(batches.get(i));
            store.append(batches.get(random.nextInt(i + 1)));
          }
          var again = new ArrayList<Placed>();
          batches.forEach(again::addAll);
          store.append(again);
          model.check(store, random);
        });
  }

  @Test
  void aGapIsRefusedAndLeavesNothingBehind() {
    var store = freshStore();
    var placed = placed(store, Graphs.random(new SplittableRandom(1), 10));
    assertThatThrownBy(() -> store.append(placed.subList(1, 3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.append(List.of(placed.get(0), placed.get(2))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.count()).isEqualTo(1);
    assertThat(store.position(placed.get(0).node().id())).isZero();
    store.append(placed);
    assertThat(store.count()).isEqualTo(10);
  }

  @Test
  void anEventKeepsItsPosition() {
    var store = freshStore();
    var placed = placed(store, Graphs.random(new SplittableRandom(2), 4));
    store.append(placed);
    var node = placed.get(0).node();
    var elsewhere =
        new Node(5, node.id(), 1, node.machine(), node.sealed(), node.sizeBytes(), node.parents());
    assertThatThrownBy(() -> store.append(List.of(new Placed(elsewhere, placed.get(0).event()))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.count()).isEqualTo(4);
  }

  @Test
  void aParentStandsBeforeItsChild() {
    var store = freshStore();
    var event = Graphs.event(1, "{\"n\":1}", List.of(Graphs.root().event().id()));
    for (long parent : new long[] {0, 2, 3}) {
      var node =
          new Node(
              2, event.id(), 1, event.machine(), true, event.body().length, Positions.of(parent));
      assertThatThrownBy(() -> store.append(List.of(new Placed(node, event))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store.count()).isEqualTo(1);
  }

  @Test
  void aPositionOutsideIsOutOfBounds() {
    var store = freshStore();
    for (long position : new long[] {Long.MIN_VALUE, -1, 0, 2, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> store.node(position)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> store.event(position)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aForkHasSeveralAuthorTips() {
    var store = freshStore();
    var root = Graphs.root().event();
    var one = Graphs.event(1, "{\"n\":1}", List.of(root.id()));
    var left = Graphs.event(1, "{\"n\":2}", List.of(one.id()));
    var other = Graphs.event(2, "{\"n\":3}", List.of(one.id()));
    var right = Graphs.event(1, "{\"n\":4}", List.of(one.id(), other.id()));
    Graphs.append(store, List.of(one, left, other, right));
    var machine = PretendSigner.number(1).machine();
    assertThat(store.authorTips(machine)).isEqualTo(Positions.of(3, 5));
    assertThat(store.authorTips(other.machine())).isEqualTo(Positions.of(4));
    assertThat(store.authorTips(PretendSigner.number(3).machine())).isEqualTo(Positions.of());
    Graphs.append(store, List.of(Graphs.event(1, "{\"n\":5}", List.of(left.id(), right.id()))));
    assertThat(store.authorTips(machine)).isEqualTo(Positions.of(6));
  }

  @Test
  void aForkKeepsItsEndsWhileOneBranchGrowsUntilAnEventKnowsBoth() {
    var store = freshStore();
    var root = Graphs.root().event();
    var fork = List.of("left", "right").stream().map(name -> chain(1, name, root, 5)).toList();
    var left = fork.getFirst();
    var right = fork.getLast();
    Graphs.append(store, left);
    Graphs.append(store, right);
    var machine = PretendSigner.number(1).machine();
    assertThat(store.authorTips(machine)).isEqualTo(Positions.of(6, 11));
    var more = chain(1, "more", right.getLast(), 600);
    Graphs.append(store, more); // the left branch is far below by now
    assertThat(store.authorTips(machine)).isEqualTo(Positions.of(6, 611));
    var seen = Graphs.event(2, "{}", List.of(left.getLast().id(), more.get(more.size() - 9).id()));
    var both = Graphs.event(1, "{}", List.of(seen.id(), more.getLast().id()));
    Graphs.append(store, List.of(seen, both));
    assertThat(store.authorTips(machine)).isEqualTo(Positions.of(613));
  }

  private static List<Event> chain(int machine, String name, Event first, int length) {
    var chain = new ArrayList<Event>();
    var before = first;
    for (int i = 0; i < length; i++) {
      before = Graphs.event(machine, "{\"" + name + "\":" + i + "}", List.of(before.id()));
      chain.add(before);
    }
    return chain;
  }

  @Test
  void aMachineThatForksWithoutEndHasFewEnds() {
    var store = freshStore();
    var root = Graphs.root().event();
    var events = new ArrayList<Event>();
    for (int i = 0; i < 100; i++) {
      events.add(Graphs.event(1, "{\"n\":" + i + "}", List.of(root.id())));
    }
    events.addAll(50, chain(1, "high", events.getFirst(), 3));
    Graphs.append(store, events);
    var ends = store.authorTips(PretendSigner.number(1).machine());
    assertThat(ends.size()).isEqualTo(ChainEnds.KEPT_MAX);
    assertThat(ends.contains(store.position(events.getLast().id()))).isTrue();
    assertThat(ends.contains(store.position(events.get(52).id()))).isTrue();
  }

  @Test
  void honestMachinesThatWriteAtOnceHaveOneEndEachHoweverLong() {
    Seeds.check(
        2,
        random -> {
          var store = freshStore();
          var network = new Crowd(random, 12);
          for (int round = 0; round < 40; round++) {
            store.append(placed(store, network.write(25)));
            for (long number = 1; number <= 12; number++) {
              var machine = PretendSigner.number(number).machine();
              long last = network.last(number).map(Event::id).map(store::position).orElse(0L);
              assertThat(store.authorTips(machine))
                  .isEqualTo(last == 0 ? Positions.of() : Positions.of(last));
            }
          }
        });
  }

  @Test
  void authorsAreReadInPages() {
    var store = freshStore();
    var root = Graphs.root().event();
    var machines = new ArrayList<>(List.of(root.machine()));
    var events = new ArrayList<Event>();
    for (int number = 1; number <= 40; number++) {
      events.add(Graphs.event(number, "{\"n\":1}", List.of(root.id())));
      machines.add(events.getLast().machine());
    }
    Graphs.append(store, events);
    machines.sort(null);
    var read = new ArrayList<MachineId>();
    var after = new MachineId(0, 0, 0, 0);
    for (var page = store.authors(after, 7); !page.isEmpty(); page = store.authors(after, 7)) {
      assertThat(page).hasSizeLessThanOrEqualTo(7);
      read.addAll(page);
      after = page.getLast();
    }
    assertThat(read).isEqualTo(machines);
  }

  @Test
  void aWideHeightIsInOrderToo() {
    Seeds.check(
        2,
        random -> {
          var store = freshStore();
          var model = new Model(store);
          var root = Graphs.root().event();
          var events = new ArrayList<Event>();
          for (int i = 0; i < 200; i++) {
            events.add(
                Graphs.event(random.nextInt(1, 50), "{\"n\":" + i + "}", List.of(root.id())));
          }
          var placed = placed(store, events);
          store.append(placed);
          model.add(placed);
          model.check(store, random);
        });
  }

  @Test
  void aLongChainIsSummedAndSelected() {
    var store = freshStore();
    var model = new Model(store);
    var events = new ArrayList<Event>();
    var before = Graphs.root().event().id();
    for (int i = 0; i < 3000; i++) {
      events.add(Graphs.event(1, "{\"n\":" + i + "}", List.of(before)));
      before = events.getLast().id();
    }
    var placed = placed(store, events);
    store.append(placed);
    model.add(placed);
    Seeds.check(3, random -> model.check(store, random));
  }

  @Test
  void idsAreFoundByTheirFirstDigits() {
    var store = freshStore();
    var placed = placed(store, Graphs.random(new SplittableRandom(3), 300));
    store.append(placed);
    var ids = new ArrayList<>(placed.stream().map(each -> each.node().id()).toList());
    ids.add(Graphs.root().event().id());
    ids.sort(null);
    assertThat(store.idsWithPrefix("", 1000)).isEqualTo(ids);
    assertThat(store.idsWithPrefix("", 5)).isEqualTo(ids.subList(0, 5));
    for (int length : new int[] {1, 2, 3, 8, 15, 16, 17, 40, 64}) {
      var prefix = ids.get(length).toString().substring(0, length);
      assertThat(store.idsWithPrefix(prefix, 1000))
          .isEqualTo(ids.stream().filter(id -> id.toString().startsWith(prefix)).toList());
    }
    assertThat(store.idsWithPrefix("0".repeat(64), 10)).isEmpty();
    for (var wrong : List.of("x", "A", "0".repeat(65))) {
      assertThatThrownBy(() -> store.idsWithPrefix(wrong, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readersSeeOneMomentWhileEventsAreAppended() throws InterruptedException {
    var store = freshStore();
    var random = new SplittableRandom(4);
    var batches = batches(store, random, 600);
    var whole = new MemoryStore();
    whole.append(List.of(new Placed(store.node(1), store.event(1))));
    batches.forEach(whole::append);
    var done = new AtomicBoolean();
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var readers = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      readers.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (!done.get()) {
                    readOnce(store, whole);
                  }
                } catch (RuntimeException | AssertionError e) {
                  failures.add(e);
                }
              }));
    }
    for (var batch : batches) {
      store.append(batch);
    }
    done.set(true);
    for (var reader : readers) {
      reader.join();
    }
    assertThat(failures).isEmpty();
    assertThat(store.count()).isEqualTo(whole.count());
  }

  private static void readOnce(EventStore store, EventStore whole) {
    long before = store.count();
    var sum = store.summary(Key.MIN, Key.MAX);
    long after = store.count();
    assertThat(sum.count()).isBetween(before, after);
    // the sum is that of a prefix of the history
    var expected = Summary.EMPTY;
    for (long position = 1; position <= sum.count(); position++) {
      expected = expected.plus(whole.node(position).id());
    }
    assertThat(sum).isEqualTo(expected);
    long position = 1 + (before * 7919 % after);
    var node = store.node(Math.min(position, before));
    assertThat(node).isEqualTo(whole.node(node.position()));
    assertThat(store.event(node.position()).id()).isEqualTo(node.id());
    assertThat(store.position(node.id())).isEqualTo(node.position());
    assertThat(store.position(LOWEST)).isZero();
    for (var tip : store.tips()) {
      assertThat(store.position(tip)).isPositive();
    }
    for (var key : store.keys(Key.floor(node.height()), Key.floor(node.height() + 2), 8)) {
      assertThat(store.position(key.id())).isPositive();
    }
  }

  /// Claims about a store that a list of all its events makes by looking at every one.
  public static final class Model {
    private final List<Placed> events = new ArrayList<>();

    /// Of what the store holds now.
    public Model(EventStore store) {
      for (long position = 1; position <= store.count(); position++) {
        events.add(new Placed(store.node(position), store.event(position)));
      }
    }

    /// These were appended.
    public void add(List<Placed> batch) {
      events.addAll(batch);
    }

    /// Compares every answer.
    public void check(EventStore store, SplittableRandom random) {
      assertThat(store.count()).isEqualTo(events.size());
      for (var placed : events) {
        assertThat(store.node(placed.position())).isEqualTo(placed.node());
        assertThat(store.position(placed.node().id())).isEqualTo(placed.position());
        assertThat(store.event(placed.position()).body()).isEqualTo(placed.event().body());
      }
      checkTips(store);
      checkOrder(store, random);
      checkReceipts(store);
    }

    private void checkReceipts(EventStore store) {
      var receipts = new HashMap<String, Receipt>();
      for (var placed : events) {
        if (placed.receipt() != null) {
          receipts.put(placed.receipt().key(), placed.receipt());
        }
      }
      for (int number = 0; number < 21; number++) {
        var key = Graphs.receiptKey(number);
        assertThat(store.receipt(key)).isEqualTo(Optional.ofNullable(receipts.get(key)));
      }
    }

    private void checkTips(EventStore store) {
      var tips =
          events.stream()
              .filter(each -> events.stream().noneMatch(child -> isParent(each, child)))
              .map(each -> each.node().id())
              .sorted()
              .toList();
      assertThat(store.tips()).isEqualTo(tips);
      var machines =
          events.stream().map(each -> each.node().machine()).distinct().sorted().toList();
      assertThat(store.authors(new MachineId(0, 0, 0, 0), 1000)).isEqualTo(machines);
      var ancestors = ancestors();
      for (var machine : machines) {
        checkEnds(store.authorTips(machine), machine, ancestors);
      }
    }

    /// Some of the events that no later one of the machine knows of, the latest and one of the
    /// highest among them; and what any other store says.
    private void checkEnds(Positions ends, MachineId machine, List<BitSet> ancestors) {
      var own = events.stream().filter(each -> each.node().machine().equals(machine)).toList();
      var known = new BitSet();
      var folded = Positions.of();
      for (var each : own) {
        known.or(ancestors.get((int) each.position() - 1));
        folded = ChainEnds.after(this::nodeAt, folded, each.node());
      }
      assertThat(ends).isEqualTo(folded);
      assertThat(ends.size()).isLessThanOrEqualTo(ChainEnds.KEPT_MAX);
      assertThat(ends.stream()).noneMatch(position -> known.get(Math.toIntExact(position)));
      assertThat(ends.contains(own.getLast().position())).isTrue();
      assertThat(ends.stream().map(each -> nodeAt(each).height()).max())
          .hasValue(own.stream().mapToLong(each -> each.node().height()).max().orElseThrow());
    }

    private Node nodeAt(long position) {
      return events.get((int) position - 1).node();
    }

    /// The positions of each event's ancestors.
    private List<BitSet> ancestors() {
      var ancestors = new ArrayList<BitSet>();
      for (var placed : events) {
        var set = new BitSet();
        placed.node().parents().stream()
            .forEach(parent -> {
              set.set((int) parent);
              set.or(ancestors.get((int) parent - 1));
            });
        ancestors.add(set);
      }
      return ancestors;
    }

    private static boolean isParent(Placed parent, Placed child) {
      return child.node().parents().contains(parent.position());
    }

    private void checkOrder(EventStore store, SplittableRandom random) {
      var keys = events.stream().map(each -> each.node().key()).sorted().toList();
      assertThat(store.keys(Key.MIN, Key.MAX, Integer.MAX_VALUE)).isEqualTo(keys);
      for (int i = 0; i < 20; i++) {
        var from = border(keys, random);
        var to = border(keys, random);
        var between =
            keys.stream().filter(key -> key.compareTo(from) >= 0 && key.compareTo(to) < 0).toList();
        var sum = between.stream().map(Key::id).reduce(Summary.EMPTY, Summary::plus, Summary::plus);
        assertThat(store.summary(from, to)).isEqualTo(sum);
        int limit = random.nextInt(0, 30);
        assertThat(store.keys(from, to, limit))
            .isEqualTo(between.subList(0, Math.min(limit, between.size())));
        var above = keys.stream().filter(key -> key.compareTo(from) >= 0).toList();
        int rank = random.nextInt(keys.size() + 2);
        assertThat(store.select(from, rank))
            .isEqualTo(rank < above.size() ? above.get(rank) : Key.MAX);
      }
    }

    private static Key border(List<Key> keys, SplittableRandom random) {
      var key = keys.get(random.nextInt(keys.size()));
      return switch (random.nextInt(6)) {
        case 0 -> Key.MIN;
        case 1 -> Key.MAX;
        case 2 -> Key.floor(key.height());
        case 3 -> Key.floor(key.height() + 1);
        case 4 -> new Key(key.height(), new EventId(random.nextLong(), 0, 0, 0));
        default -> key;
      };
    }

    /// The events, by position.
    public List<Placed> events() {
      return List.copyOf(events);
    }
  }
}
