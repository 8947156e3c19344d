package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.event.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DistancesTest {
  /// A number that is no octet stands for a varint of its own.
  private static final class Tape implements Distances.Sink, Distances.Source<Exception> {
    private final List<Long> entries = new ArrayList<>();
    private int at;
    private long sizeBytes;

    static Tape of(long... entries) {
      var tape = new Tape();
      Arrays.stream(entries).forEach(tape.entries::add);
      return tape;
    }

    @Override
    public void putNumber(long number) {
      entries.add(number);
      sizeBytes += Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7);
    }

    @Override
    public void putOctet(int octet) {
      entries.add((long) octet);
      sizeBytes++;
    }

    @Override
    public long nextNumber() throws Exception {
      if (at == entries.size()) {
        throw senseless("the end");
      }
      return entries.get(at++);
    }

    @Override
    public int nextOctet() throws Exception {
      return (int) nextNumber();
    }

    @Override
    public Exception senseless(String why) {
      return new Exception(why);
    }
  }

  private static long[] some(SplittableRandom random) {
    var distances = new long[random.nextInt(0, Limits.PARENTS_MAX + 1)];
    int zeros = random.nextInt(4) == 0 ? random.nextInt(0, distances.length + 1) : 0;
    long gapMax = 1L << random.nextInt(1, 40);
    long before = 0;
    for (int i = zeros; i < distances.length; i++) {
      before += random.nextLong(1, gapMax + 1);
      distances[i] = before;
    }
    return distances;
  }

  @Test
  void whatIsWrittenIsRead() {
    Seeds.check(
        2000,
        random -> {
          var distances = some(random);
          var tape = new Tape();
          Distances.write(tape, distances);
          assertThat(Distances.read(tape)).isEqualTo(distances);
          assertThat(tape.at).isEqualTo(tape.entries.size());
        });
  }

  @Test
  void positionsAreWrittenAsTheirDistances() {
    Seeds.check(
        200,
        random -> {
          var distances = Arrays.stream(some(random)).filter(each -> each > 0).toArray();
          long position = 1L << 60;
          var parents =
              Positions.of(Arrays.stream(distances).map(each -> position - each).toArray());
          var tape = new Tape();
          Distances.write(tape, position, parents);
          assertThat(Distances.read(tape)).isEqualTo(distances);
        });
  }

  @Test
  void oneParentIsItsDistance() {
    var tape = new Tape();
    Distances.write(tape, 100, Positions.of(93));
    assertThat(tape.entries).containsExactly(1L, 7L);
  }

  @Test
  void fewAreBytesAndNearlyAllAreABitmap() {
    var few = new Tape();
    Distances.write(few, 5, 100, 200);
    assertThat(few.entries).containsExactly(3L, 5L, 95L, 100L);
    var many = new Tape();
    Distances.write(many, 0, 5, 6, 8, 9, 10, 11, 12, 15);
    assertThat(many.entries).containsExactly(1024L + 9, 0L, 5L, 0b0111_1101L, 0b10L);
  }

  @Test
  void gapsThatAreAlikeShareTheirLowBits() {
    var tape = new Tape();
    Distances.write(tape, 10, 14, 18, 22, 25, 29, 33, 36); // 3 or 2 left out each time
    // low bits: 1. For 3 left out: 01 1, for 2: 01 0; the first bit is the lowest
    assertThat(tape.entries)
        .containsExactly(2 * 1024L + 8, 10L, 0b10_110_110L, 0b0_110_010_1L, 0b0_010_11L);
  }

  /// Its own last event may be long ago, and must not cost what the others save.
  @Test
  void oneThatIsFarAwayCostsAFewBytes() {
    var near = new long[32];
    Arrays.setAll(near, i -> 1 + 12L * i);
    var withFar = Arrays.copyOf(near, 33);
    withFar[32] = 1_000_000;
    var without = new Tape();
    Distances.write(without, near);
    var with = new Tape();
    Distances.write(with, withFar);
    assertThat(without.sizeBytes).isLessThan(24);
    assertThat(with.sizeBytes - without.sizeBytes).isBetween(1L, 6L);
  }

  /// The entropy of such a set is the least that any code can take.
  @Test
  void aRandomPartOfWhatIsRecentCostsLittleMoreThanItsEntropy() {
    for (double share : new double[] {0.02, 0.05, 0.1, 0.25, 0.5}) {
      var random = new SplittableRandom(5);
      long bytes = 0;
      double entropyBits = 0;
      for (int times = 0; times < 200; times++) {
        int reach = (int) (200 / share);
        var chosen =
            LongStream.rangeClosed(1, reach).filter(_ -> random.nextDouble() < share).toArray();
        var tape = new Tape();
        Distances.write(tape, chosen);
        bytes += tape.sizeBytes;
        entropyBits -=
            reach * (share * Math.log(share) + (1 - share) * Math.log(1 - share)) / Math.log(2);
      }
      assertThat(bytes / (entropyBits / Byte.SIZE)).as("share " + share).isBetween(1.0, 1.25);
    }
  }

  @Test
  void whatNobodyWritesIsSenseless() {
    for (var tape :
        List.of(
            Tape.of(16 * 1024 + 1, 1), // a form that is none
            Tape.of(-1),
            Tape.of(2, 5, 0), // twice the same
            Tape.of(1, -5),
            Tape.of(2, Long.MAX_VALUE, Long.MAX_VALUE),
            Tape.of(1024 + 4, 5, 0b11), // ends too early
            Tape.of(1024 + 2, 5, 0, 0xf0, 255, 255, 255, 255, 255, 255, 255, 255, 255), // too far
            Tape.of(3, 1, 1))) {
      assertThatThrownBy(() -> Distances.read(tape)).isInstanceOf(Exception.class);
    }
  }
}
