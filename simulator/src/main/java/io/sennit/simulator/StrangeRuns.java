package io.sennit.simulator;

import io.sennit.dag.MemoryStore;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Limits;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.event.Signer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Runs that a stranger seals and no honest machine would make. Each is entered into [Lies] as
/// valid or as what may never be admitted.
final class StrangeRuns {
  private final Lies lies;
  private final MemoryStore store;
  private final PretendKey key;
  private final SplittableRandom random;
  private int said;

  /// @param store of the machine that is given them
  StrangeRuns(Lies lies, MemoryStore store, PretendKey key, SplittableRandom random) {
    this.lies = lies;
    this.store = store;
    this.key = key;
    this.random = random;
    this.said = random.nextInt();
  }

  /// The uuid of nothing.
  static EventId noEvent(SplittableRandom random) {
    return new EventId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /// Something sealed that the machine holds.
  private EventId held() {
    for (int tries = 0; tries < 8; tries++) {
      var node = store.node(1 + random.nextLong(store.count()));
      if (node.sealed()) {
        return node.id();
      }
    }
    return store.node(1).id();
  }

  private Event open(Collection<EventId> parents) {
    return World.draft(text(), World.TIME).finish(key.machine(), ascending(parents), 0);
  }

  private Event sealed(Collection<EventId> parents) {
    return sealedBy(key, parents);
  }

  private Event sealedBy(Signer signer, Collection<EventId> parents) {
    return World.draft(text(), World.TIME).finishSealed(signer, ascending(parents), 0);
  }

  private String text() {
    return "{\"strange\":" + said++ + ",\"type\":\"root\"}";
  }

  private static List<EventId> ascending(Collection<EventId> parents) {
    return List.copyOf(new TreeSet<>(parents));
  }

  private Run valid(List<Event> events) {
    events.forEach(event -> lies.valid(event.id()));
    return new Run(events);
  }

  private Run unlawful(List<Event> events) {
    events.forEach(event -> lies.unlawful(event.id()));
    return new Run(events);
  }

  /// Each stands on the one before.
  private List<Event> chain(EventId on, int length) {
    var events = new ArrayList<Event>();
    for (int i = 1; i < length; i++) {
      events.add(open(List.of(events.isEmpty() ? on : events.getLast().id())));
    }
    events.add(sealed(List.of(events.isEmpty() ? on : events.getLast().id())));
    return events;
  }

  /// So many runs with nothing wrong.
  List<Run> lawful(int count) {
    var runs = new ArrayList<Run>();
    for (int i = 0; i < count; i++) {
      runs.add(valid(chain(held(), random.nextInt(1, 4))));
    }
    return runs;
  }

  /// Some that are valid, one that is not, and what builds on that one.
  List<Run> unlawful() {
    var runs = new ArrayList<>(lawful(random.nextInt(3)));
    switch (random.nextInt(7)) {
      case 0 -> { // two predecessors
        var one = chain(held(), 2);
        var two = chain(held(), 2);
        runs.add(valid(one));
        runs.add(valid(two));
        runs.add(unlawful(List.of(sealed(List.of(one.getFirst().id(), two.getFirst().id())))));
      }
      case 1 -> { // the predecessor is another machine's
        var one = chain(held(), 2);
        runs.add(valid(one));
        var thief = PretendKey.number(random.nextLong());
        runs.add(unlawful(List.of(sealedBy(thief, List.of(one.getFirst().id())))));
      }
      case 2 -> // no chain
          runs.add(unlawful(List.of(open(List.of(held())), sealed(List.of(held())))));
      case 3 -> { // two before the last
        var first = open(List.of(held()));
        var second = open(List.of(first.id()));
        runs.add(unlawful(List.of(first, second, sealed(List.of(first.id(), second.id())))));
      }
      case 4 -> // too long
          runs.add(unlawful(chain(held(), Limits.RUN_EVENTS_MAX + 1)));
      case 5 -> { // too long with the beginning that it shares
        int beginning = random.nextInt(Limits.RUN_EVENTS_MAX / 2, Limits.RUN_EVENTS_MAX);
        var whole = chain(held(), beginning);
        runs.add(valid(whole));
        int over = Limits.RUN_EVENTS_MAX + 2 - beginning + random.nextInt(20);
        runs.add(unlawful(chain(whole.get(beginning - 2).id(), over)));
      }
      default -> // a second R
          runs.add(
              unlawful(
                  List.of(Root.found(key, "strange " + said++, new byte[16], World.TIME).event())));
    }
    if (random.nextBoolean()) {
      runs.add(unlawful(List.of(sealed(List.of(runs.getLast().last().id())))));
    }
    return runs;
  }

  /// As many parents as an event may have. One that nobody has is enough to wait for ever.
  List<Run> bombs() {
    var runs = new ArrayList<Run>();
    int count = random.nextInt(1, 6);
    for (int i = 0; i < count; i++) {
      var parents = new TreeSet<EventId>();
      int known = random.nextInt(4) == 0 ? Limits.PARENTS_MAX : random.nextInt(8);
      for (int n = 0; n < known; n++) {
        parents.add(held());
      }
      boolean holds = !parents.isEmpty() && random.nextInt(4) == 0;
      while (!holds && parents.size() < Limits.PARENTS_MAX) {
        parents.add(noEvent(random));
      }
      boolean valid = parents.stream().allMatch(id -> store.position(id) != 0);
      var bomb = List.of(sealed(parents));
      runs.add(valid ? valid(bomb) : unlawful(bomb));
    }
    return runs;
  }

  /// Children first; some parents come after them, others never.
  List<Run> beforeTheirParents() {
    var runs = new ArrayList<Run>();
    int length = random.nextInt(2, 12);
    var on = held();
    for (int i = 0; i < length; i++) {
      runs.addFirst(valid(chain(on, random.nextInt(1, 3))));
      on = runs.getFirst().last().id();
    }
    if (random.nextBoolean()) {
      runs.removeLast();
    }
    if (random.nextBoolean()) {
      runs.addFirst(unlawful(List.of(sealed(List.of(noEvent(random), on)))));
    }
    return runs;
  }

  /// Both valid. Now and then both runs share a beginning that only one seal or the other vouches
  /// for.
  List<List<Run>> twoChains() {
    var on = random.nextBoolean() ? held() : store.node(1).id();
    var shared = new ArrayList<Event>();
    if (random.nextBoolean()) {
      shared.addAll(chain(on, random.nextInt(2, 6)));
      shared.removeLast();
    }
    return List.of(oneChain(on, shared), oneChain(on, shared));
  }

  private List<Run> oneChain(EventId on, List<Event> shared) {
    var runs = new ArrayList<Run>();
    var first = new ArrayList<>(shared);
    first.addAll(chain(shared.isEmpty() ? on : shared.getLast().id(), random.nextInt(1, 4)));
    runs.add(valid(first));
    int more = random.nextInt(4);
    for (int i = 0; i < more; i++) {
      runs.add(valid(chain(runs.getLast().last().id(), random.nextInt(1, 4))));
    }
    return runs;
  }
}
