package io.sennit.overlay;

/// The way a run travels; said with its payload.
///
/// @param tree the tree it goes along, 0 to 3
/// @param hops so many more steps it is given to every link, not only along the tree; one less each
///   step. [#PULLED]: it was asked for
public record Route(int tree, int hops) {
  /// Instead of hops: the run was asked for, so something along its tree was late.
  public static final int PULLED = -1;

  /// No run is flooded further.
  public static final int HOPS_MAX = 14;

  /// What a run carries that is given without the overlay, from one machine to all it knows
  /// ([Overlay#mesh]).
  public static final Route DIRECT = new Route(0, 0);

  private static final Route[] ALL = all();

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when one of them is out of range
  public Route {
    if (tree < 0 || tree >= OverlayMessage.TREES || hops < PULLED || hops > HOPS_MAX) {
      throw new IllegalArgumentException("no route: tree " + tree + ", hops " + hops);
    }
  }

  /// One of the 64 there are, without making a new one.
  public static Route of(int tree, int hops) {
    return ALL[tree * (HOPS_MAX + 2) + hops + 1];
  }

  /// Was it asked for?
  public boolean pulled() {
    return hops == PULLED;
  }

  private static Route[] all() {
    var routes = new Route[OverlayMessage.TREES * (HOPS_MAX + 2)];
    for (int i = 0; i < routes.length; i++) {
      routes[i] = new Route(i / (HOPS_MAX + 2), i % (HOPS_MAX + 2) - 1);
    }
    return routes;
  }
}
