package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sennit.Seeds;
import io.sennit.event.Event;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// While remote events are taken in batches, a machine's own events follow each other with a single
/// parent between two batches.
final class BurstTest {
  /// More with `-Dmachines=…`; it takes its time.
  private static final int MACHINES = Integer.getInteger("machines", 20);

  private static final long MILLI_NANOS = 1_000_000;
  private static final long DELAY_NANOS = 10 * MILLI_NANOS;
  private static final long UNTIL_NANOS = 120 * MILLI_NANOS;

  /// All machines write about an event each millisecond, at random moments.
  private static List<Event> written(boolean batches, long seed) {
    var random = new SplittableRandom(seed);
    var relayed = new Relayed(MACHINES, DELAY_NANOS, batches);
    for (int machine = 0; machine < MACHINES; machine++) {
      double at = 0;
      while (at < UNTIL_NANOS) {
        relayed.writeIn((long) at, machine);
        at -= Math.log(1 - random.nextDouble()) * MILLI_NANOS;
      }
    }
    relayed.runUntil(UNTIL_NANOS);
    int steady = 2 * relayed.events.size() / 3; // the machines know by then that much arrives
    return relayed.events.subList(steady, relayed.events.size());
  }

  private static double parentsMean(List<Event> events) {
    return events.stream().mapToInt(event -> event.parents().size()).average().orElseThrow();
  }

  /// In 20 ms a machine writes about 20 events: one names nearly all machines, the others the one
  /// before. Without batches each names those that wrote since the last one: half of them, as the
  /// gaps are of random length.
  @Test
  void burstsChain() {
    Seeds.check(
        1,
        random -> {
          long seed = random.nextLong();
          var chained = written(true, seed);
          long alone = chained.stream().filter(event -> event.parents().size() == 1).count();
          double with = parentsMean(chained);
          double without = parentsMean(written(false, seed));
          System.out.printf(
              "%d machines, 1,000/s each: %.1f parents with batches, %.1f without%n",
              MACHINES, with, without);
          assertThat((double) alone / chained.size()).isBetween(0.9, 0.98);
          assertThat(with).isCloseTo((MACHINES + 19) / 20.0, within(0.25 + MACHINES / 100.0));
          assertThat(without).isCloseTo((MACHINES + 1) / 2.0, within(0.15 * MACHINES));
        });
  }
}
