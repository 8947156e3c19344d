package io.sennit.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.dag.Head;
import io.sennit.dag.MemoryStore;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What one side gives the other when all it knows is the other's snapshot.
final class ComparisonTest {
  private static final long FORKED = 5;
  private final Event root = Graphs.root().event();
  private int said;

  private Event event(long author, Event parent) {
    return Graphs.event(author, "{\"n\":" + said++ + "}", List.of(parent.id()));
  }

  /// Each on top of the one before.
  private List<Event> line(long... authors) {
    var events = new ArrayList<Event>();
    for (long author : authors) {
      events.add(event(author, events.isEmpty() ? root : events.getLast()));
    }
    return events;
  }

  private MemoryStore store(List<Event> events) {
    var all = new ArrayList<>(List.of(root));
    all.addAll(events);
    return Graphs.store(all);
  }

  private static Snapshot snapshot(MemoryStore store, long salt) {
    var tips = store.tips();
    return Snapshot.of(
        new Frontier(store.count(), Digests.ofTips(tips), tips, tips.size()),
        store,
        Fingerprints.WHOLE,
        salt,
        false);
  }

  /// Each side holds one branch of an author's chain and has not heard of the other. No event of
  /// one branch is as high as the tip of the other. The side with the higher tip sees it all the
  /// same: were the author honest, the other's tip would be here.
  @Test
  void aForkThatNobodyKnowsOfIsSeenByTheSideWithTheHigherTip() {
    var higher = store(line(FORKED, 1, 1, FORKED, 1));
    var lower = store(line(2, 2, FORKED, 2));
    var given =
        new Comparison(higher, Fingerprints.WHOLE, snapshot(higher, 1), snapshot(lower, 2))
            .theyLack(new Head(higher))
            .orElseThrow();
    var there = new TreeSet<EventId>();
    for (long at = 1; at <= lower.count(); at++) {
      there.add(lower.node(at).id());
    }
    for (long position : given) {
      assertThat(there).containsAll(higher.event(position).parents());
      there.add(higher.node(position).id());
    }
    assertThat(given).containsExactly(2, 3, 4, 5, 6);
  }

  /// The other side only lags: it is given what it lacks and nothing else.
  @Test
  void anHonestAuthorIsNotTakenForAForkedOne() {
    var events = line(FORKED, 1, FORKED, 1, FORKED, 1);
    var ahead = store(events);
    var beginning = new ArrayList<>(events.subList(0, 3));
    beginning.add(event(2, root)); // so that not all its tips are there
    var behind = store(beginning);
    assertThat(
            new Comparison(ahead, Fingerprints.WHOLE, snapshot(ahead, 1), snapshot(behind, 2))
                .theyLack(new Head(ahead))
                .orElseThrow())
        .containsExactly(5, 6, 7);
  }
}
