package io.sennit.dag;

import java.util.Arrays;
import java.util.stream.LongStream;

/// An immutable list of positions, ascending.
public final class Positions {
  private static final Positions EMPTY = new Positions(new long[0]);

  private final long[] positions;

  private Positions(long[] positions) {
    this.positions = positions;
  }

  /// The positions, sorted ascending.
  public static Positions of(long... positions) {
    if (positions.length == 0) {
      return EMPTY;
    }
    var sorted = positions.clone();
    Arrays.sort(sorted);
    return new Positions(sorted);
  }

  /// How many.
  public int size() {
    return positions.length;
  }

  /// The one at `index`, from 0.
  public long get(int index) {
    return positions[index];
  }

  /// All, ascending.
  public LongStream stream() {
    return Arrays.stream(positions);
  }

  /// Whether `position` is among them.
  public boolean contains(long position) {
    return Arrays.binarySearch(positions, position) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Positions that && Arrays.equals(positions, that.positions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return Arrays.toString(positions);
  }
}
