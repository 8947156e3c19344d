package io.sennit.overlay;

import io.sennit.event.MachineId;

/// How many machines there are, as far as one can tell without a list: neighbours tell each other
/// their sketches, as often as they measure each other, until all have the same.
///
/// A sketch never shrinks. So a new one is begun now and then, in which whoever is gone is not
/// counted; the first machine to do so is followed by all others.
final class Census {
  /// A sketch is not older than this.
  static final int EPOCH_MILLIS = 1_200_000;

  /// For so long a new sketch has not seen everybody yet.
  static final int FRESH_MILLIS = 300_000;

  private final MachineId self;
  private Crowd crowd;
  private int beganAt;

  /// What the sketch before told.
  private double before;

  Census(MachineId self) {
    this.self = self;
    crowd = Crowd.of(0, self);
  }

  void start(int now) {
    beganAt = now;
  }

  /// What neighbours are told.
  Crowd crowd(int now) {
    if (now - beganAt >= EPOCH_MILLIS) {
      begin(Crowd.of(Tree.after(crowd.epoch()), self), now);
    }
    return crowd;
  }

  /// A neighbour has seen those.
  void heard(Crowd other, int now) {
    if (other.epoch() == crowd.epoch()) {
      crowd = crowd.with(other);
    } else if (isNewer(other.epoch(), crowd.epoch())) {
      begin(other.with(Crowd.of(other.epoch(), self)), now);
    }
  }

  /// Who has no epoch yet takes any.
  private static boolean isNewer(int epoch, int other) {
    return other == 0 || (epoch != 0 && Tree.ahead(epoch, other) > 0);
  }

  private void begin(Crowd next, int now) {
    before = machines(now);
    crowd = next;
    beganAt = now;
  }

  /// How many machines there are, about.
  double machines(int now) {
    double seen = crowd.estimate();
    return now - beganAt < FRESH_MILLIS ? Math.max(before, seen) : seen;
  }
}
