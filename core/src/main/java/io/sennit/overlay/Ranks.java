package io.sennit.overlay;

import io.sennit.event.MachineId;

/// Which machine is the root of a tree: the one with the least rank. That is a hash of its key, and
/// central machines count before all others. They stand in the midst of the network, and carry many
/// links if they can: over them, the way from anybody to anybody is shorter.
///
/// Each judges for itself whether it is one of those, from where those stand whom it knows. Nothing
/// depends on its being right but how long runs take.
final class Ranks {
  /// One machine in so many is central.
  static final int CENTRAL_PART = 64;

  /// Who knows of fewer where they stand does not know where the midst is.
  static final int KNOWN_MIN = 64;

  /// So long after its start a machine has found its place, and no longer changes its mind: a root
  /// costs everybody two or three pulses more when it is new.
  static final int SETTLING_MILLIS = 60_000;

  private static final long OTHERS = Long.MIN_VALUE;
  private static final double RANKS = 0x1p63;

  private final Membership membership;
  private final long key;
  private boolean central;

  /// Whether it is central does not change any more.
  private boolean decided;

  private boolean settled;
  private int settledAt;

  Ranks(Membership membership) {
    this.membership = membership;
    key = membership.self().machine().a();
  }

  void start(int now) {
    settledAt = now + SETTLING_MILLIS;
  }

  /// To be called now and then, as long as clocks run.
  void due(int now) {
    settled = settled || now - settledAt >= 0;
  }

  /// A machine's rank in a tree, without sign.
  static long of(int tree, MachineId machine, boolean central) {
    return of(tree, machine.a(), central);
  }

  private static long of(int tree, long key, boolean central) {
    long hash = Chance.mix(key + (tree + 1) * 0x9E3779B97F4A7C15L) >>> 1;
    return central ? hash : hash | OTHERS;
  }

  /// This machine's rank, as long as it is not the root.
  long own(int tree) {
    return of(tree, key, central());
  }

  private boolean central() {
    if (!decided) {
      decided = settled;
      central = membership.passive().isCentral(membership.self(), CENTRAL_PART, KNOWN_MIN);
    }
    return central;
  }

  /// Whether this machine has such a rank, or had.
  boolean isOwn(int tree, long rank) {
    return rank == of(tree, key, true) || rank == of(tree, key, false);
  }

  /// Whether this machine should be the root, and not the one with that rank.
  boolean precedes(int tree, long rank) {
    return Long.compareUnsigned(of(tree, key, true), rank) < 0
        && Long.compareUnsigned(own(tree), rank) < 0;
  }

  /// How many of some machines have a lesser rank than this one.
  double before(int tree, long machines) {
    long own = own(tree);
    double before = own >= 0 ? share(own) : 1 + share(own) * (CENTRAL_PART - 1);
    return before / CENTRAL_PART * machines;
  }

  /// Of the machines that are central, or of those that are not, the share with a lesser rank.
  private static double share(long rank) {
    return ((rank & ~OTHERS) + 0.5) / RANKS;
  }
}
