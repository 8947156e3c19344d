package io.sennit.sync;

import io.sennit.dag.EventStore;
import io.sennit.dag.Key;
import io.sennit.dag.Node;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The last event of every author that has one above a height, as short as can be.
///
/// @param floor whoever is not named has nothing above this height
/// @param tips the highest first
public record AuthorTips(long floor, List<Tip> tips) {
  /// So many travel with a snapshot.
  public static final int INLINE_MAX = 64;

  /// So many are named when they are asked for; if there are more, ranges are cheaper.
  public static final int NAMED_MAX = 512;

  /// So many authors are looked up one by one; where there are more, their last events are.
  static final int AUTHORS_MAX = 512;

  /// So many events are looked at for the authors' last ones.
  static final int EVENTS_MAX = 8192;

  private static final MachineId LOWEST = new MachineId(0, 0, 0, 0);

  /// The end of an author's chain.
  ///
  /// @param tag stands for the author
  /// @param check tells the event from others of the author at this height, 16 bits
  public record Tip(int tag, long height, int check) {}

  /// Copies the list.
  public AuthorTips {
    tips = List.copyOf(tips);
  }

  /// The highest ones, as many as a snapshot has room for.
  static AuthorTips inline(EventStore store, Fingerprints fingerprints, long salt) {
    long floor = fewAuthors(store) ? 0 : floorOfLast(store);
    var nodes = above(store, floor);
    if (nodes.size() > INLINE_MAX) {
      floor = nodes.get(INLINE_MAX).height();
      long limit = floor;
      nodes.removeIf(node -> node.height() <= limit);
    }
    return of(floor, nodes, fingerprints, salt);
  }

  /// All above this height, or nothing when they are too many.
  static Optional<AuthorTips> above(
      EventStore store, long floor, Fingerprints fingerprints, long salt) {
    if (!fewAuthors(store) && floorOfLast(store) > floor) {
      return Optional.empty();
    }
    var nodes = above(store, floor);
    return nodes.size() > NAMED_MAX
        ? Optional.empty()
        : Optional.of(of(floor, nodes, fingerprints, salt));
  }

  private static AuthorTips of(long floor, List<Node> nodes, Fingerprints fingerprints, long salt) {
    return new AuthorTips(
        floor,
        nodes.stream()
            .map(node ->
                new Tip(
                    fingerprints.tag(salt, node.machine()),
                    node.height(),
                    fingerprints.check(salt, node.id())))
            .toList());
  }

  private static boolean fewAuthors(EventStore store) {
    return store.authors(LOWEST, AUTHORS_MAX + 1).size() <= AUTHORS_MAX;
  }

  /// The height above which there are no more events than one looks at.
  private static long floorOfLast(EventStore store) {
    return store.count() <= EVENTS_MAX
        ? 0
        : store.select(Key.MIN, store.count() - EVENTS_MAX).height();
  }

  /// Ends of chains above this height, the highest first.
  private static List<Node> above(EventStore store, long floor) {
    var nodes = new ArrayList<Node>();
    if (fewAuthors(store)) {
      for (var author : store.authors(LOWEST, AUTHORS_MAX)) {
        nodes.addAll(Chain.ends(store, author));
      }
      nodes.removeIf(node -> node.height() <= floor);
    } else {
      var last = new TreeMap<MachineId, Node>();
      for (var key : store.keys(Key.floor(floor + 1), Key.MAX, EVENTS_MAX)) {
        var node = store.node(store.position(key.id()));
        last.merge(node.machine(), node, (one, other) -> lower(one, other) ? other : one);
      }
      nodes.addAll(last.values());
    }
    nodes.sort(Comparator.comparingLong(Node::height).reversed().thenComparing(Node::id));
    return nodes;
  }

  private static boolean lower(Node one, Node other) {
    return one.height() < other.height();
  }
}
