package io.sennit.dag;

import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Root;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Sample graphs for the tests of all modules.
public final class Graphs {
  /// The time that sample events carry.
  public static final String TIME = "2026-01-01T00:00:00.000Z";

  private Graphs() {}

  /// The root of the sample federation.
  public static Root root() {
    return Root.found(PretendSigner.number(0), "sample", new byte[16], TIME);
  }

  /// A draft of this JSON object.
  public static Draft draft(String json) {
    return switch (Draft.of(json.getBytes(StandardCharsets.UTF_8), TIME)) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var rejection) -> throw new AssertionError(rejection.toString());
    };
  }

  /// A sealed event of the machine with this number.
  public static Event event(long machine, String json, Collection<EventId> parents) {
    return draft(json)
        .finishSealed(PretendSigner.number(machine), List.copyOf(new TreeSet<>(parents)), 0);
  }

  /// R and `size` − 1 more events of a few machines, each a run of one, with one to four random
  /// parents among the latest; parents before children.
  public static List<Event> random(SplittableRandom random, int size) {
    var events = new ArrayList<Event>(size);
    events.add(root().event());
    int machines = random.nextInt(1, 6);
    while (events.size() < size) {
      var parents = new TreeSet<EventId>();
      int wanted = random.nextInt(1, 5);
      for (int i = 0; i < wanted; i++) {
        int back = Math.min(events.size(), random.nextInt(1, 12));
        parents.add(events.get(events.size() - random.nextInt(1, back + 1)).id());
      }
      var json = "{\"n\":" + events.size() + "}";
      events.add(event(random.nextInt(machines) + 1, json, parents));
    }
    return events;
  }

  /// The events in an order in which parents come before children, chosen at random.
  public static List<Event> reordered(List<Event> events, SplittableRandom random) {
    var left = new ArrayList<>(events);
    var here = new TreeSet<EventId>();
    var order = new ArrayList<Event>(events.size());
    while (!left.isEmpty()) {
      var ready = left.stream().filter(event -> here.containsAll(event.parents())).toList();
      var next = ready.get(random.nextInt(ready.size()));
      left.remove(next);
      here.add(next.id());
      order.add(next);
    }
    return order;
  }

  /// A shuffled copy.
  public static <T> List<T> shuffled(List<T> items, SplittableRandom random) {
    var copy = new ArrayList<>(items);
    for (int i = copy.size() - 1; i > 0; i--) {
      Collections.swap(copy, i, random.nextInt(i + 1));
    }
    return copy;
  }

  /// A memory store with these events, parents before children.
  public static MemoryStore store(List<Event> events) {
    var store = new MemoryStore();
    append(store, events);
    return store;
  }

  /// Appends events whose parents are in the store or before them in the list.
  public static void append(EventStore store, List<Event> events) {
    for (var event : events) {
      if (store.position(event.id()) == 0) {
        store.append(List.of(place(store, event)));
      }
    }
  }

  /// Keys that [#withReceipt] gives.
  public static String receiptKey(int number) {
    return "order " + number + " é";
  }

  /// Sometimes with a receipt under one of 20 keys.
  public static Placed withReceipt(Placed placed, SplittableRandom random) {
    if (random.nextInt(3) > 0) {
      return placed;
    }
    var receipt =
        new Receipt(
            receiptKey(random.nextInt(20)),
            "%064x".formatted(random.nextInt(1000)),
            placed.position(),
            random.nextInt(1, 9));
    return new Placed(placed.node(), placed.event(), receipt);
  }

  /// So many events in a chain after R, each with a receipt of its own, in batches.
  public static List<List<Placed>> chainWithReceipts(EventStore store, int count) {
    var draft = draft("{}");
    var signer = PretendSigner.number(1);
    var before = store.node(1);
    var batches = new ArrayList<List<Placed>>();
    for (int number = 1; number <= count; number++) {
      var event = draft.finishSealed(signer, List.of(before.id()), 0);
      before =
          new Node(
              number + 1,
              event.id(),
              number,
              event.machine(),
              true,
              event.body().length,
              Positions.of(number));
      if (number % 1000 == 1) {
        batches.add(new ArrayList<>());
      }
      batches.getLast().add(new Placed(before, event, chainReceipt(number)));
    }
    return batches;
  }

  /// The receipt of an event of [#chainWithReceipts], numbered from 1.
  public static Receipt chainReceipt(int number) {
    return new Receipt("key " + number, "%064x".formatted(number), number + 1, 1);
  }

  /// The place an event gets as the store's next.
  public static Placed place(EventStore store, Event event) {
    var parents = event.parents().stream().mapToLong(store::position).toArray();
    long height = 0;
    for (long parent : parents) {
      height = Math.max(height, store.node(parent).height() + 1);
    }
    return new Placed(
        new Node(
            store.count() + 1,
            event.id(),
            height,
            event.machine(),
            event.sealed(),
            event.body().length,
            Positions.of(parents)),
        event);
  }
}
