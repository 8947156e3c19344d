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

  /// So many are named when they are asked for; if there are more, they are sketched.
  public static final int NAMED_MAX = 512;

  /// So many authors are sketched; if there are more, ranges take less time.
  static final int SKETCHED_MAX = 32_768;

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
    var authors = store.authors(LOWEST, AUTHORS_MAX + 1);
    long floor = lookedAtFrom(store, authors);
    var nodes = above(store, authors, floor);
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
    var authors = store.authors(LOWEST, AUTHORS_MAX + 1);
    if (lookedAtFrom(store, authors) > floor) {
      return Optional.empty();
    }
    var nodes = above(store, authors, floor);
    return nodes.size() > NAMED_MAX
        ? Optional.empty()
        : Optional.of(of(floor, nodes, fingerprints, salt));
  }

  /// All above this height as they are sketched, or nothing when there are too many authors to look
  /// at.
  static Optional<AuthorTips> sketched(
      EventStore store, long floor, Fingerprints fingerprints, long salt) {
    var nodes = new ArrayList<Node>();
    var after = LOWEST;
    for (int seen = 0; ; ) {
      var authors = store.authors(after, AUTHORS_MAX);
      for (var author : authors) {
        store.authorTips(author).stream().mapToObj(store::node).forEach(nodes::add);
      }
      seen += authors.size();
      if (seen > SKETCHED_MAX) {
        return Optional.empty();
      }
      if (authors.size() < AUTHORS_MAX) {
        nodes.removeIf(node -> node.height() <= floor);
        return Optional.of(of(floor, nodes, fingerprints, salt));
      }
      after = authors.getLast();
    }
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

  /// The height above which one sees every author's last event: 0 where they are few.
  private static long lookedAtFrom(EventStore store, List<MachineId> authors) {
    return authors.size() <= AUTHORS_MAX || store.count() <= EVENTS_MAX
        ? 0
        : store.select(Key.MIN, store.count() - EVENTS_MAX).height();
  }

  /// Ends of chains above this height, the highest first.
  private static List<Node> above(EventStore store, List<MachineId> authors, long floor) {
    var nodes = new ArrayList<Node>();
    if (authors.size() <= AUTHORS_MAX) {
      for (var author : authors) {
        store.authorTips(author).stream().mapToObj(store::node).forEach(nodes::add);
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
