package io.sennit.overlay;

/// Where a machine stands in the network, so that round trips can be guessed between machines that
/// never met: a point in the plane and a height above it for the last mile, all in milliseconds
/// (Dabek et al., "Vivaldi", SIGCOMM 2004).
public record Coordinate(float x, float y, float height) {
  /// Nothing was measured yet. A measured coordinate has a height above zero.
  public static final Coordinate UNKNOWN = new Coordinate(0, 0, 0);

  /// Was anything measured?
  public boolean known() {
    return height > 0;
  }

  /// The round trip between the two in milliseconds, as far as one can tell; infinite if one of
  /// them is not known, or is no number.
  public float predictedMillis(Coordinate other) {
    float millis = distance(other) + height + other.height;
    return known() && other.known() && millis >= 0 ? millis : Float.POSITIVE_INFINITY;
  }

  /// Distance in the plane, without the heights.
  float distance(Coordinate other) {
    float dx = x - other.x;
    float dy = y - other.y;
    return (float) Math.sqrt(dx * dx + dy * dy);
  }
}
