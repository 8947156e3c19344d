package io.sennit.simulator.large;

import java.util.Arrays;

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

  private final Histogram[] delays = {new Histogram(), new Histogram(), new Histogram()};

  /// By event.
  private byte[] purposes = new byte[64];

  private int[] copies = new int[64];
  private int[] deliveries = new int[64];
  private int[] tips = new int[64];
  private int[] parents = new int[64];
  private int events;

  /// By purpose.
  private final long[] duplicates = new long[Purpose.values().length];

  private final long[] pulled = new long[Purpose.values().length];
  private final long[] reconciled = new long[Purpose.values().length];
  private final long[] announced = new long[Purpose.values().length];

  /// Bytes sent by each machine since the last [#forgetTraffic].
  private final int[] sentBytes;

  private final long[] kindFrames = new long[FrameSizes.KINDS.size()];
  private final long[] kindBytes = new long[FrameSizes.KINDS.size()];

  Ledger(int machines) {
    sentBytes = new int[machines];
  }

  // ---- events

  void written(int event, Purpose purpose, int tipCount, int parentCount) {
    if (event == purposes.length) {
      int more = event * 2;
      purposes = Arrays.copyOf(purposes, more);
      copies = Arrays.copyOf(copies, more);
      deliveries = Arrays.copyOf(deliveries, more);
      tips = Arrays.copyOf(tips, more);
      parents = Arrays.copyOf(parents, more);
    }
    purposes[event] = (byte) purpose.ordinal();
    tips[event] = tipCount;
    parents[event] = parentCount;
    events = event + 1;
  }

  void payload(int event, boolean wasPulled) {
    copies[event]++;
    if (wasPulled) {
      pulled[purposes[event]]++;
    }
  }

  void duplicate(int event) {
    duplicates[purposes[event]]++;
  }

  void reconciled(int event) {
    reconciled[purposes[event]]++;
  }

  void announced(int event) {
    announced[purposes[event]]++;
  }

  void delivered(int event, long afterNanos) {
    deliveries[event]++;
    delays[purposes[event]].add(afterNanos);
  }

  Histogram delays(Purpose purpose) {
    return delays[purpose.ordinal()];
  }

  Purpose purpose(int event) {
    return Purpose.values()[purposes[event]];
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

  /// In both phases of writing.
  double copiesPerDelivery() {
    long all = 0;
    for (int event = 0; event < events; event++) {
      all += purposes[event] == Purpose.PROBE.ordinal() ? 0 : copies[event];
    }
    return perDelivery(all);
  }

  double duplicatesPerDelivery() {
    return perDelivery(written(duplicates));
  }

  double pulledPerDelivery() {
    return perDelivery(written(pulled));
  }

  double reconciledPerDelivery() {
    return perDelivery(written(reconciled));
  }

  double announcedPerDelivery() {
    return perDelivery(written(announced));
  }

  private static long written(long[] byPurpose) {
    return byPurpose[Purpose.BEFORE.ordinal()] + byPurpose[Purpose.AFTER.ordinal()];
  }

  private double perDelivery(long count) {
    return (double) count
        / (delays(Purpose.BEFORE).count() + delays(Purpose.AFTER).count());
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

  /// Since the last [#forgetTraffic].
  long kindFrames(int kind) {
    return kindFrames[kind];
  }

  long kindBytes(int kind) {
    return kindBytes[kind];
  }

  int sentBytes(int machine) {
    return sentBytes[machine];
  }
}
