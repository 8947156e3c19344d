package io.sennit.overlay;

/// How long to wait for a run to come by itself once a peer has named it: the usual time and four
/// times its usual deviation, as TCP waits for an answer (RFC 6298).
final class Patience {
  static final int MILLIS_MIN = 50;
  static final int MILLIS_MAX = 2_000;

  /// Before anything was observed.
  static final int MILLIS_FIRST = 400;

  private float usual = -1;
  private float deviation;

  /// A run came so long after it was named.
  void observed(int millis) {
    if (usual < 0) {
      usual = millis;
      deviation = millis / 2f;
    } else {
      deviation += (Math.abs(millis - usual) - deviation) / 4;
      usual += (millis - usual) / 8;
    }
  }

  /// At least three round trips to whoever named it.
  int millis(int roundTripMicros) {
    int wait = usual < 0 ? MILLIS_FIRST : (int) (usual + 4 * deviation);
    return Math.clamp((long) Math.max(wait, 3 * (roundTripMicros / 1_000)), MILLIS_MIN, MILLIS_MAX);
  }
}
