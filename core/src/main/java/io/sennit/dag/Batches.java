package io.sennit.dag;

/// What every store demands of the events it is handed.
public final class Batches {
  private Batches() {}

  /// The event is here at `known`; it must be the place it is handed in for.
  ///
  /// @throws IllegalArgumentException when it is not
  public static void requireSamePlace(Placed placed, long known) {
    if (placed.position() != known) {
      throw new IllegalArgumentException(
          "event %s stands at position %d, not at %d"
              .formatted(placed.node().id(), known, placed.position()));
    }
  }

  /// The event is new; it must come next, be the one its node speaks of, and follow its parents.
  ///
  /// @throws IllegalArgumentException when it does not
  public static void requireNext(Placed placed, long next) {
    var node = placed.node();
    if (node.position() != next) {
      throw new IllegalArgumentException(
          "event %s is for position %d, but the next one is %d"
              .formatted(node.id(), node.position(), next));
    }
    if (!node.id().equals(placed.event().id())) {
      throw new IllegalArgumentException(
          "the node of %s carries event %s".formatted(node.id(), placed.event().id()));
    }
    var parents = node.parents();
    int count = parents.size();
    if (count != placed.event().parents().size()) {
      throw new IllegalArgumentException(
          "event %s names %d parents, its node %d"
              .formatted(node.id(), placed.event().parents().size(), count));
    }
    if (count > 0 && (parents.get(0) < 1 || parents.get(count - 1) >= next)) {
      throw new IllegalArgumentException(
          "event %s at position %d has parents that are not here: %s"
              .formatted(node.id(), next, parents));
    }
  }
}
