package io.sennit.overlay;

/// Where this machine stands among all, learnt from round trips: each of them is a spring between
/// two machines, which pulls or pushes until its length is the time it takes (Dabek et al.,
/// "Vivaldi", SIGCOMM 2004).
final class Vivaldi {
  /// How far a step may go, and how fast the error follows (the paper's c_c and c_e).
  private static final float GAIN = 0.25f;

  /// A peer's error is not told: this much is assumed.
  private static final float ERROR_ASSUMED = 0.25f;

  /// No peer pulls harder, wherever it says it is.
  private static final float PULL_MILLIS_MAX = 1_000;

  /// Nobody further from the origin is a place to begin.
  private static final float START_MILLIS_MAX = 1_000;

  private static final float HEIGHT_MIN = 0.1f;

  /// What others are told of us is renewed when we moved by so much of the usual round trip: each
  /// version lives as long as somebody remembers it.
  private static final float MOVED = 0.2f;

  private final Chance chance;
  private Coordinate coordinate;
  private float error = 1;
  private float usualMillis;

  Vivaldi(Coordinate start, Chance chance) {
    coordinate = start;
    this.chance = chance;
  }

  Coordinate coordinate() {
    return coordinate;
  }

  /// A round trip to a peer that says it stands there took so long.
  void measured(int micros, Coordinate peer) {
    float millis = Math.max(HEIGHT_MIN, micros / 1_000f);
    usualMillis = usualMillis == 0 ? millis : usualMillis + (millis - usualMillis) / 8;
    if (!coordinate.known()) {
      boolean near =
          peer.distance(Coordinate.UNKNOWN) < START_MILLIS_MAX; // false for what is no number
      coordinate =
          new Coordinate(
              (near ? peer.x() : 0) + offset(), (near ? peer.y() : 0) + offset(), millis / 4);
    }
    float predicted = coordinate.predictedMillis(peer);
    if (predicted != Float.POSITIVE_INFINITY) {
      move(millis, predicted, peer);
    }
  }

  private void move(float millis, float predicted, Coordinate peer) {
    float weight = error / (error + ERROR_ASSUMED);
    float wrong = Math.min(1, Math.abs(predicted - millis) / millis);
    error = wrong * GAIN * weight + error * (1 - GAIN * weight);
    float pull = Math.clamp(millis - predicted, -PULL_MILLIS_MAX, PULL_MILLIS_MAX);
    float force = GAIN * weight * pull;
    float dx = coordinate.x() - peer.x();
    float dy = coordinate.y() - peer.y();
    if (dx == 0 && dy == 0) {
      dx = offset();
      dy = offset();
    }
    float heights = coordinate.height() + peer.height();
    float norm = Math.max(HEIGHT_MIN, (float) Math.sqrt(dx * dx + dy * dy) + heights);
    coordinate =
        new Coordinate(
            coordinate.x() + force * dx / norm,
            coordinate.y() + force * dy / norm,
            Math.max(HEIGHT_MIN, coordinate.height() + force * heights / norm));
  }

  private float offset() {
    return (chance.below(2_000) - 999.5f) / 1_000;
  }

  /// Is what others were told too far from where we stand now?
  boolean hasMovedFrom(Coordinate told) {
    float moved = coordinate.distance(told) + Math.abs(coordinate.height() - told.height());
    return !told.known() || moved > MOVED * usualMillis;
  }
}
