package io.sennit.dag;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// An immutable list of positions, ascending. It may be one that is only read when somebody looks
/// at it, since most who ask for a [Node] do not want its parents.
public final class Positions {
  private static final long[] NONE = {};
  private static final Positions EMPTY = new Positions(NONE, null);

  private final long[] positions;
  private final @Nullable Supplier<Positions> reader;

  /// What was read. Whoever sees it without the lock sees all of it: its fields are final.
  private @Nullable Positions read;

  private Positions(long[] positions, @Nullable Supplier<Positions> reader) {
    this.positions = positions;
    this.reader = reader;
  }

  /// The positions, sorted ascending.
  public static Positions of(long... positions) {
    if (positions.length == 0) {
      return EMPTY;
    }
    var sorted = positions.clone();
    Arrays.sort(sorted);
    return new Positions(sorted, null);
  }

  /// Positions that are read when somebody looks at them, once.
  ///
  /// @param reader any thread may call it; what it throws, the one who looks is thrown
  public static Positions later(Supplier<Positions> reader) {
    return new Positions(NONE, reader);
  }

  private long[] all() {
    if (reader == null) {
      return positions;
    }
    var known = read;
    return (known == null ? read(reader) : known).all();
  }

  private synchronized Positions read(Supplier<Positions> from) {
    var known = read;
    if (known == null) {
      known = from.get();
      read = known;
    }
    return known;
  }

  /// How many.
  public int size() {
    return all().length;
  }

  /// The one at `index`, from 0.
  public long get(int index) {
    return all()[index];
  }

  /// All, ascending.
  public LongStream stream() {
    return Arrays.stream(all());
  }

  /// Whether `position` is among them.
  public boolean contains(long position) {
    return Arrays.binarySearch(all(), position) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Positions that && Arrays.equals(all(), that.all());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(all());
  }

  @Override
  public String toString() {
    return Arrays.toString(all());
  }
}
