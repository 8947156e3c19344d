package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.dag.Head;
import io.sennit.dag.Placed;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Signer;
import io.sennit.simulator.tips.Story;
import io.sennit.store.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/// What the parents of a history take on a disk: by how much it grows when each event names all it
/// names, instead of R alone, or of what nobody named before it. Without parents nothing is the
/// same: with R alone every event is a tip for ever, which the index pays for; with the other the
/// log carries the uuids of a few. So of log and index each is compared with the smaller.
///
/// @param parents by how many there are more
record ParentsOnDisk(long parents, long logSizeBytes, long indexSizeBytes) {
  private record Disk(long logSizeBytes, long indexSizeBytes) {
    Disk least(Disk other) {
      return new Disk(
          Math.min(logSizeBytes, other.logSizeBytes),
          Math.min(indexSizeBytes, other.indexSizeBytes));
    }
  }

  double logPerParent() {
    return (double) logSizeBytes / parents;
  }

  double perParent() {
    return (double) (logSizeBytes + indexSizeBytes) / parents;
  }

  /// Writes both.
  ///
  /// @param order numbers of the events, R first, as they came
  static ParentsOnDisk measure(Root root, Story story, List<Integer> order, int perWrite)
      throws IOException {
    var whole = order.stream().map(story::event).toList();
    var thin = thin(whole, order);
    var bare = bare(whole, order);
    var with = written(root, whole, perWrite);
    var without = written(root, thin, perWrite).least(written(root, bare, perWrite));
    return new ParentsOnDisk(
        parents(whole) - Math.max(parents(thin), parents(bare)),
        with.logSizeBytes - without.logSizeBytes,
        with.indexSizeBytes - without.indexSizeBytes);
  }

  private static long parents(List<Event> events) {
    return events.stream().mapToLong(event -> event.parents().size()).sum();
  }

  /// The same events, each on top of R.
  private static List<Event> bare(List<Event> whole, List<Integer> order) {
    var root = whole.getFirst();
    var bare = new ArrayList<>(List.of(root));
    for (int i = 1; i < whole.size(); i++) {
      var event = whole.get(i);
      var draft = Author.draft(new Order(0, order.get(i)));
      bare.add(draft.finishSealed(as(event), List.of(root.id()), event.tips()));
    }
    return bare;
  }

  /// The same events, but each names only what none before it named, or else the latest of what it
  /// named. So the tips are the same at any time, and it costs as much to keep them.
  private static List<Event> thin(List<Event> whole, List<Integer> order) {
    var root = whole.getFirst();
    var thin = new ArrayList<>(List.of(root));
    var places = new HashMap<EventId, Integer>();
    var tips = new HashSet<Integer>();
    for (int i = 0; i < whole.size(); i++) {
      var event = whole.get(i);
      if (i > 0) {
        var named = event.parents().stream().map(places::get).sorted().toList();
        var ended = named.stream().filter(tips::remove).toList();
        var parents = ended.isEmpty() ? List.of(named.getLast()) : ended;
        var draft = Author.draft(new Order(0, order.get(i)));
        thin.add(
            draft.finishSealed(
                as(event),
                parents.stream().map(parent -> thin.get(parent).id()).sorted().toList(),
                event.tips()));
      }
      places.put(event.id(), i);
      tips.add(i);
    }
    return thin;
  }

  /// Seals with the seal that the event has: nobody checks it here.
  private static Signer as(Event event) {
    return new Signer() {
      @Override
      public MachineId machine() {
        return event.machine();
      }

      @Override
      public byte[] sign(byte[] message) {
        return event.seal();
      }
    };
  }

  private static Disk written(Root root, List<Event> events, int perWrite) throws IOException {
    try (var folder = Folder.fresh()) {
      var directory = folder.in("machine");
      var founder = new Author(0);
      Home.create(
          directory, root.event().toJson(), new Order(0, -1).id(), founder.machine().toString());
      try (var home = Home.open(directory);
          var store = home.openStore(root)) {
        var head = new Head(store);
        var write = new ArrayList<Placed>();
        for (var event : events.subList(1, events.size())) {
          write.add(head.enter(event));
          if (write.size() == perWrite) {
            store.append(List.copyOf(write));
            head.persisted(write.getLast().position());
            write.clear();
          }
        }
        store.append(List.copyOf(write));
      }
      return new Disk(
          Folder.usedBytes(directory.resolve("log")), Folder.usedBytes(directory.resolve("index")));
    }
  }
}
