package io.sennit.sync;

import io.sennit.dag.EventStore;
import io.sennit.dag.Node;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What the other side holds, as far as a cut and its author tips above that say.
///
/// Everything up to the cut. Of an author with one chain: every event up to the height of its tip
/// there. Of an author that forked its chain only the tips themselves, whose ancestors follow; and
/// also of one of which something as high as that tip is here, because then the tip is here and its
/// ancestors follow, or the author forked.
final class Coverage implements Predicate<Node> {
  private final EventStore store;
  private final Fingerprints fingerprints;
  private final long salt;
  private final long cut;

  /// Only looked up, never iterated.
  private final Map<Integer, List<AuthorTips.Tip>> tips = new HashMap<>();

  private final Map<MachineId, List<AuthorTips.Tip>> byAuthor = new HashMap<>();
  private final Set<MachineId> forked = new HashSet<>();

  Coverage(
      EventStore store, Fingerprints fingerprints, long salt, long cut, List<AuthorTips.Tip> tips) {
    this.store = store;
    this.fingerprints = fingerprints;
    this.salt = salt;
    this.cut = cut;
    for (var tip : tips) {
      this.tips.computeIfAbsent(tip.tag(), _ -> new ArrayList<>()).add(tip);
    }
  }

  @Override
  public boolean test(Node node) {
    return node.height() <= cut || tipsOf(node.machine()).stream().anyMatch(tip -> by(tip, node));
  }

  private List<AuthorTips.Tip> tipsOf(MachineId author) {
    return byAuthor.computeIfAbsent(
        author,
        _ -> {
          var found = tips.getOrDefault(fingerprints.tag(salt, author), List.of());
          if (found.size() > 1 || (!found.isEmpty() && reaches(author, found.getFirst()))) {
            forked.add(author);
          }
          return found;
        });
  }

  /// Whether the author's chain is known to have forked here, or is as high here as their tip.
  private boolean reaches(MachineId author, AuthorTips.Tip tip) {
    var ends = store.authorTips(author);
    return ends.size() > 1
        || (ends.size() == 1 && store.node(ends.get(0)).height() >= tip.height());
  }

  private boolean by(AuthorTips.Tip tip, Node node) {
    if (node.height() != tip.height()) {
      return node.height() < tip.height() && !forked.contains(node.machine());
    }
    boolean same = fingerprints.check(salt, node.id()) == tip.check();
    if (!same) {
      forked.add(node.machine());
    }
    return same;
  }
}
