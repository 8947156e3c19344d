package io.sennit.dag;

import io.sennit.event.Limits;

/// How far behind an event its parents stand, as bytes: the same on the disk and on a link.
///
/// Ascending numbers, written as gaps: in a byte each, or as bits, whichever is smaller. Bits are
/// the code of Rice (*Some Practical Universal Noiseless Coding Techniques*, JPL Publication 79-22,
/// 1979), which is the best there is for numbers drawn from a range at random, and is a bitmap
/// where an event names nearly all that is recent. `docs/protocol.md` has the table.
public final class Distances {
  /// Added once or more to the number of parents when bits follow; no event has so many.
  private static final int FORM = Limits.PARENTS_MAX;

  private static final int LOW_BITS_MAX = 14;

  /// So many zeros in a row, and a gap follows in full.
  private static final int ZEROS_MAX = 12;

  /// Bits that say how many a gap in full has.
  private static final int LENGTH_BITS = 6;

  /// Bits are not tried for fewer: the longer number in front costs more than they save.
  private static final int BITS_MIN = 6;

  /// No log and no link counts farther.
  private static final long FAR = 1L << 62;

  private Distances() {}

  /// Where bytes go.
  public interface Sink {
    /// A varint.
    void putNumber(long number);

    /// One byte.
    void putOctet(int octet);
  }

  /// Where bytes come from.
  ///
  /// @param <E> says that they make no sense
  public interface Source<E extends Exception> {
    /// A varint.
    long nextNumber() throws E;

    /// One byte, 0 to 255.
    int nextOctet() throws E;

    /// What to throw.
    E senseless(String why);
  }

  /// The distances of positions from a later one.
  public static void write(Sink sink, long position, Positions parents) {
    if (parents.size() == 1) { // nearly always
      sink.putNumber(1);
      sink.putNumber(position - parents.get(0));
      return;
    }
    var distances = new long[parents.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = position - parents.get(distances.length - 1 - i);
    }
    write(sink, distances);
  }

  /// Distances, whatever they are distances of.
  ///
  /// @param ascending at most as many as an event has parents; only 0 may stand there more than
  ///   once
  public static void write(Sink sink, long... ascending) {
    int nearest = 0;
    while (nearest < ascending.length && ascending[nearest] == 0) {
      nearest++;
    }
    int lowBits = ascending.length - nearest < BITS_MIN ? -1 : lowBits(ascending, nearest + 1);
    sink.putNumber(ascending.length + (long) FORM * (lowBits + 1));
    int plain = lowBits < 0 ? ascending.length : nearest + 1;
    long before = 0;
    for (int i = 0; i < plain; i++) {
      sink.putNumber(ascending[i] - before);
      before = ascending[i];
    }
    if (lowBits >= 0) {
      var bits = new BitSink(sink);
      for (int i = plain; i < ascending.length; i++) {
        bits.gap(ascending[i] - ascending[i - 1] - 1, lowBits);
      }
      bits.end();
    }
  }

  /// With how many low bits the gaps from here on are smallest, or -1 when bytes are.
  private static int lowBits(long[] ascending, int from) {
    long bytes = 0;
    for (int i = from; i < ascending.length; i++) {
      bytes += numberSizeBytes(ascending[i] - ascending[i - 1]);
    }
    int longer = numberSizeBytes(ascending.length + FORM) - numberSizeBytes(ascending.length);
    long best = Byte.SIZE * (bytes - longer) - (Byte.SIZE - 1); // of bits, with those that fill up
    int found = -1;
    for (int lowBits = 0; lowBits <= LOW_BITS_MAX; lowBits++) {
      long bits = 0;
      for (int i = from; i < ascending.length && bits < best; i++) {
        bits += gapBits(ascending[i] - ascending[i - 1] - 1, lowBits);
      }
      if (bits < best) {
        best = bits;
        found = lowBits;
      } else if (found >= 0) {
        break; // it only grows from here on
      }
    }
    return found;
  }

  private static int numberSizeBytes(long number) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7);
  }

  private static int lengthBits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
  }

  private static long gapBits(long between, int lowBits) {
    long zeros = between >> lowBits;
    return zeros < ZEROS_MAX ? zeros + 1 + lowBits : ZEROS_MAX + LENGTH_BITS + lengthBits(between);
  }

  /// Puts bits together, the first in the lowest bit of a byte.
  private static final class BitSink {
    private final Sink sink;
    private int octet;
    private int used;

    BitSink(Sink sink) {
      this.sink = sink;
    }

    /// @param between how many are left out
    void gap(long between, int lowBits) {
      long zeros = between >> lowBits;
      if (zeros < ZEROS_MAX) {
        bits(1L << zeros, (int) zeros + 1);
        bits(between, lowBits);
      } else {
        bits(0, ZEROS_MAX);
        bits(lengthBits(between), LENGTH_BITS);
        bits(between, lengthBits(between));
      }
    }

    private void bits(long value, int count) {
      for (int i = 0; i < count; i++) {
        octet |= (int) (value >> i & 1) << used;
        if (++used == Byte.SIZE) {
          end();
        }
      }
    }

    void end() {
      if (used > 0) {
        sink.putOctet(octet);
        octet = 0;
        used = 0;
      }
    }
  }

  /// As they were written: ascending, and only 0 more than once.
  public static <E extends Exception> long[] read(Source<E> source) throws E {
    long number = source.nextNumber();
    long form = number <= 0 ? 0 : (number - 1) / FORM;
    if (number < 0 || form > LOW_BITS_MAX + 1) {
      throw source.senseless("an event with " + number + " parents");
    }
    var ascending = new long[(int) (number - form * FORM)];
    long before = 0;
    for (int i = 0; i < ascending.length; i++) {
      long gap = source.nextNumber();
      if (gap < 0 || (gap == 0 && before > 0)) {
        throw source.senseless("a parent that is no earlier event");
      }
      before = far(source, before, gap);
      ascending[i] = before;
      if (form > 0 && before > 0) {
        readBits(source, ascending, i + 1, (int) form - 1);
        break;
      }
    }
    return ascending;
  }

  private static <E extends Exception> void readBits(
      Source<E> source, long[] ascending, int from, int lowBits) throws E {
    var bits = new BitSource<>(source);
    for (int i = from; i < ascending.length; i++) {
      ascending[i] = far(source, ascending[i - 1], bits.gap(lowBits) + 1);
    }
  }

  private static <E extends Exception> long far(Source<E> source, long before, long gap) throws E {
    if (gap > FAR - before) {
      throw source.senseless("a parent that is farther away than anything");
    }
    return before + gap;
  }

  private static final class BitSource<E extends Exception> {
    private final Source<E> source;
    private int octet;
    private int left;

    BitSource(Source<E> source) {
      this.source = source;
    }

    long gap(int lowBits) throws E {
      for (long zeros = 0; zeros < ZEROS_MAX; zeros++) {
        if (bits(1) == 1) {
          return zeros << lowBits | bits(lowBits);
        }
      }
      return bits((int) bits(LENGTH_BITS)) & Long.MAX_VALUE >> 1;
    }

    private long bits(int count) throws E {
      long value = 0;
      for (int i = 0; i < count; i++) {
        if (left == 0) {
          octet = source.nextOctet();
          left = Byte.SIZE;
        }
        value |= (long) (octet & 1) << i;
        octet >>= 1;
        left--;
      }
      return value;
    }
  }
}
