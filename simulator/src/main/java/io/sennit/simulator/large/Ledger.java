package io.sennit.simulator.large;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.function.ToLongFunction;

/// All that is counted.
final class Ledger {
  /// What an event was written for.
  enum Purpose {
    /// The first phase of writing.
    BEFORE,
    /// To see how far the repair is.
    PROBE,
    /// The second phase of writing.
    AFTER
  }

  /// What became of all events of one purpose.
  static final class Tally {
    private final Histogram delays = new Histogram();
    private long payloads;
    private long duplicates;
    private long pulled;
    private long reconciled;
    private long announced;

    private void add(Tally other) {
      delays.add(other.delays);
      payloads += other.payloads;
      duplicates += other.duplicates;
      pulled += other.pulled;
      reconciled += other.reconciled;
      announced += other.announced;
    }

    /// From the write on one machine to the admission on another.
    Histogram delays() {
      return delays;
    }
  }

  private final EnumMap<Purpose, Tally> tallies = new EnumMap<>(Purpose.class);

  /// By event, what it was written for.
  private Purpose[] purposes = new Purpose[64];

  private int[] copies = new int[64];
  private int[] deliveries = new int[64];
  private int[] tips = new int[64];
  private int[] parents = new int[64];
  private int events;

  /// Since the last [#forgetTraffic].
  private final int[] sentBytes;

  private final long[] kindFrames = new long[FrameSizes.KINDS.size()];
  private final long[] kindBytes = new long[FrameSizes.KINDS.size()];

  Ledger(int machines) {
    sentBytes = new int[machines];
    for (var purpose : Purpose.values()) {
      tallies.put(purpose, new Tally());
    }
  }

  /// All that another one has counted, of the same events and machines.
  void add(Ledger other) {
    for (int event = 0; event < other.events; event++) {
      if (event == events) {
        written(event, other.purposes[event], other.tips[event], other.parents[event]);
      }
      copies[event] += other.copies[event];
      deliveries[event] += other.deliveries[event];
    }
    for (var purpose : Purpose.values()) {
      tally(purpose).add(other.tally(purpose));
    }
    Arrays.setAll(sentBytes, machine -> sentBytes[machine] + other.sentBytes[machine]);
    Arrays.setAll(kindFrames, kind -> kindFrames[kind] + other.kindFrames[kind]);
    Arrays.setAll(kindBytes, kind -> kindBytes[kind] + other.kindBytes[kind]);
  }

  // ---- events

  void written(int event, Purpose purpose, int tipCount, int parentCount) {
    if (event == copies.length) {
      int more = event * 2;
      purposes = Arrays.copyOf(purposes, more);
      copies = Arrays.copyOf(copies, more);
      deliveries = Arrays.copyOf(deliveries, more);
      tips = Arrays.copyOf(tips, more);
      parents = Arrays.copyOf(parents, more);
    }
    purposes[event] = purpose;
    tips[event] = tipCount;
    parents[event] = parentCount;
    events = event + 1;
  }

  void payload(int event, boolean wasPulled) {
    copies[event]++;
    var tally = tallyOf(event);
    tally.payloads++;
    tally.pulled += wasPulled ? 1 : 0;
  }

  void duplicate(int event) {
    tallyOf(event).duplicates++;
  }

  void reconciled(int event) {
    tallyOf(event).reconciled++;
  }

  void announced(int event) {
    tallyOf(event).announced++;
  }

  void delivered(int event, long afterNanos) {
    deliveries[event]++;
    tallyOf(event).delays.add(afterNanos);
  }

  private Tally tallyOf(int event) {
    return tally(purposes[event]);
  }

  Tally tally(Purpose purpose) {
    var tally = tallies.get(purpose);
    if (tally == null) {
      throw new IllegalStateException("no tally of " + purpose);
    }
    return tally;
  }

  double copiesPerDelivery(int event) {
    return (double) copies[event] / deliveries[event];
  }

  int tips(int event) {
    return tips[event];
  }

  double tipsMean() {
    return Arrays.stream(tips, 0, events).average().orElse(Double.NaN);
  }

  double parentsMean() {
    return Arrays.stream(parents, 0, events).average().orElse(Double.NaN);
  }

  double copiesPerDelivery() {
    return perDelivery(tally -> tally.payloads);
  }

  double duplicatesPerDelivery() {
    return perDelivery(tally -> tally.duplicates);
  }

  double pulledPerDelivery() {
    return perDelivery(tally -> tally.pulled);
  }

  double reconciledPerDelivery() {
    return perDelivery(tally -> tally.reconciled);
  }

  double announcedPerDelivery() {
    return perDelivery(tally -> tally.announced);
  }

  /// In both phases of writing.
  private double perDelivery(ToLongFunction<Tally> count) {
    var before = tally(Purpose.BEFORE);
    var after = tally(Purpose.AFTER);
    return (double) (count.applyAsLong(before) + count.applyAsLong(after))
        / (before.delays.count() + after.delays.count());
  }

  // ---- traffic

  /// @param kind see [FrameSizes#kind]
  void sent(int machine, int kind, int sizeBytes) {
    sentBytes[machine] += sizeBytes;
    kindFrames[kind]++;
    kindBytes[kind] += sizeBytes;
  }

  void forgetTraffic() {
    Arrays.fill(sentBytes, 0);
    Arrays.fill(kindFrames, 0);
    Arrays.fill(kindBytes, 0);
  }

  int sentBytes(int machine) {
    return sentBytes[machine];
  }

  long kindFrames(int kind) {
    return kindFrames[kind];
  }

  long kindBytes(int kind) {
    return kindBytes[kind];
  }
}
