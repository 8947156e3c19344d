package io.sennit.dag;

import java.util.Locale;

/// What every store demands of the events it is handed.
public final class Batches {
  private Batches() {}

  /// The event is here at `known`; it must be the place it is handed in for.
  ///
  /// @throws IllegalArgumentException when it is not
  public static void requireSamePlace(Placed placed, long known) {
    if (placed.position() != known) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "event %s stands at position %d, not at %d",
              placed.node().id(),
              known,
              placed.position()));
    }
  }

  /// The event is new; it must come next, be the one its node speaks of, and follow its parents.
  ///
  /// @throws IllegalArgumentException when it does not
  public static void requireNext(Placed placed, long next) {
    var node = placed.node();
    if (node.position() != next) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "event %s is for position %d, but the next one is %d",
              node.id(),
              node.position(),
              next));
    }
    if (!node.id().equals(placed.event().id())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the node of %s carries event %s", node.id(), placed.event().id()));
    }
    var parents = node.parents();
    int count = parents.size();
    if (count != placed.event().parents().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "event %s names %d parents, its node %d",
              node.id(),
              placed.event().parents().size(),
              count));
    }
    if (count > 0 && (parents.get(0) < 1 || parents.get(count - 1) >= next)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "event %s at position %d has parents that are not here: %s",
              node.id(),
              next,
              parents));
    }
  }
}
