package io.sennit.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.dag.Head;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.machine.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ReconciliationTest {
  @Test
  void theAskerFindsExactlyWhatTheOtherSideLacks() {
    Seeds.check(
        60,
        random -> {
          var pair =
              diverged(random, random.nextInt(1, 300), random.nextInt(200), random.nextInt(200));
          var asking = new Reconciliation(pair.mine(), Fingerprints.WHOLE, random.nextLong());
          run(asking, pair.theirs());
          assertThat(idsAt(pair.mine(), asking.have()))
              .isEqualTo(lacking(pair.mine(), pair.theirs()));
        });
  }

  @Test
  void theOtherSideFindsItsShareFromTheCommonFrontier() {
    Seeds.check(
        60,
        random -> {
          var pair =
              diverged(random, random.nextInt(1, 200), random.nextInt(100), random.nextInt(100));
          var asking = new Reconciliation(pair.mine(), Fingerprints.WHOLE, random.nextLong());
          run(asking, pair.theirs());
          var theirShare = Difference.from(new Head(pair.theirs()), asking.common(), 0);
          assertThat(idsAt(pair.theirs(), theirShare))
              .isEqualTo(lacking(pair.theirs(), pair.mine()));
        });
  }

  @Test
  @Shows(Invariant.I10)
  void afterOneExchangeBothHoldTheSame() {
    Seeds.check(
        40,
        random -> {
          var pair =
              diverged(random, random.nextInt(1, 200), random.nextInt(150), random.nextInt(150));
          var asking = new Reconciliation(pair.mine(), Fingerprints.WHOLE, random.nextLong());
          run(asking, pair.theirs());
          var mineToThem = events(pair.mine(), asking.have());
          var theirsToMe =
              events(pair.theirs(), Difference.from(new Head(pair.theirs()), asking.common(), 0));
          Graphs.append(pair.theirs(), mineToThem);
          Graphs.append(pair.mine(), theirsToMe);
          assertThat(pair.mine().tips()).isEqualTo(pair.theirs().tips());
          assertThat(pair.mine().count()).isEqualTo(pair.theirs().count());
        });
  }

  @Test
  void theRoundsGrowWithTheLogarithmAndNotWithTheHeight() {
    var random = new SplittableRandom(7);
    var pair = diverged(random, 2_000, 800, 800);
    var asking = new Reconciliation(pair.mine(), Fingerprints.WHOLE, random.nextLong());
    run(asking, pair.theirs());
    assertThat(asking.rounds()).isLessThanOrEqualTo(6);
  }

  @Test
  void theDifferenceToAPrefixNeedsNoWalk() {
    Seeds.check(
        50,
        random -> {
          var events = Graphs.random(random, random.nextInt(2, 80));
          var whole = Graphs.store(events);
          int size = random.nextInt(1, events.size() + 1);
          var prefix = Graphs.store(events.subList(0, size));
          var withCount = Difference.from(new Head(whole), prefix.tips(), prefix.count());
          var byWalk = Difference.from(new Head(whole), prefix.tips(), 0);
          assertThat(withCount).isEqualTo(byWalk).hasSize(events.size() - size);
        });
  }

  private record Pair(EventStore mine, EventStore theirs) {}

  /// Two machines that share some events and wrote others alone, in orders of their own.
  private static Pair diverged(SplittableRandom random, int shared, int mine, int theirs) {
    var common = Graphs.random(random, shared);
    return new Pair(
        Graphs.store(concat(common, branch(random, common, 100, mine))),
        Graphs.store(
            concat(Graphs.reordered(common, random), branch(random, common, 200, theirs))));
  }

  private static List<Event> branch(
      SplittableRandom random, List<Event> common, int machine, int size) {
    var branch = new ArrayList<Event>();
    for (int n = 0; n < size; n++) {
      var from = branch.isEmpty() || random.nextInt(8) == 0 ? common : branch;
      var parents = new TreeSet<EventId>();
      parents.add(from.get(random.nextInt(from.size())).id());
      if (!branch.isEmpty()) {
        parents.add(branch.getLast().id());
      }
      branch.add(Graphs.event(machine + random.nextInt(3), "{\"b\":" + n + "}", parents));
    }
    return branch;
  }

  private static List<Event> concat(List<Event> first, List<Event> second) {
    var both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static void run(Reconciliation asking, EventStore theirs) {
    for (var next = asking.next(); !next.isEmpty(); next = asking.next()) {
      assertThat(asking.exhausted()).isFalse();
      asking.answered(Reconciliation.answer(theirs, Fingerprints.WHOLE, asking.salt(), next));
    }
  }

  private static Set<EventId> idsAt(EventStore store, long[] positions) {
    var ids = new TreeSet<EventId>();
    for (long position : positions) {
      ids.add(store.node(position).id());
    }
    return ids;
  }

  private static List<Event> events(EventStore store, long[] positions) {
    var events = new ArrayList<Event>();
    for (long position : positions) {
      events.add(store.event(position));
    }
    return events;
  }

  private static Set<EventId> lacking(EventStore holder, EventStore other) {
    var lacking = new TreeSet<EventId>();
    for (long position = 1; position <= holder.count(); position++) {
      var id = holder.node(position).id();
      if (other.position(id) == 0) {
        lacking.add(id);
      }
    }
    return lacking;
  }
}
