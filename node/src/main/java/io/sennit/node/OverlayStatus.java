package io.sennit.node;

import io.sennit.overlay.Capacity;
import io.sennit.overlay.Figures;
import java.util.List;

/// What a machine knows of its place among all others. What counts begins at 0 when it was opened.
///
/// @param capacity how many links it carries
/// @param links peers that both sides count on
/// @param contacts other machines it could link with
/// @param machines how many there are, as far as one can tell from here; right within a factor of
///   two, mostly
/// @param roundTripMicros median over the links; −1 before the first measurement
/// @param given runs handed to peers because they spread
/// @param payloads runs that came because they spread, and were new
/// @param duplicates the same, and known
/// @param pulled those of the new ones that had to be asked for
/// @param announced runs named to peers, one for each run and peer
/// @param heard runs named by peers
/// @param trees along which runs spread
public record OverlayStatus(
    Capacity capacity,
    int links,
    int contacts,
    long machines,
    int roundTripMicros,
    long given,
    long payloads,
    long duplicates,
    long pulled,
    long announced,
    long heard,
    List<Tree> trees) {
  /// Copies the list.
  public OverlayStatus {
    trees = List.copyOf(trees);
  }

  /// One tree, as seen from here.
  ///
  /// @param root the rank of its root, as 16 digits of `[0-9a-f]`; zeros before there is one
  /// @param isRoot whether that is this machine
  /// @param attached whether the way to the root is known
  /// @param labelMicros how far it is, one way
  /// @param children peers that hang on this machine
  public record Tree(
      String root, boolean isRoot, boolean attached, int labelMicros, int children) {}

  static OverlayStatus of(Figures figures) {
    return new OverlayStatus(
        figures.capacity(),
        figures.active(),
        figures.passive(),
        figures.machines(),
        figures.roundTripMicrosMedian(),
        figures.given(),
        figures.payloads(),
        figures.duplicates(),
        figures.pulled(),
        figures.announced(),
        figures.heard(),
        figures.trees().stream()
            .map(tree ->
                new Tree(
                    "%016x".formatted(tree.rank()),
                    tree.root(),
                    tree.root() || tree.parent() >= 0,
                    tree.labelMicros(),
                    tree.children()))
            .toList());
  }
}
