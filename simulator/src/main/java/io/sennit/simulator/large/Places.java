package io.sennit.simulator.large;

import io.sennit.overlay.Capacity;
import java.util.Arrays;

/// Where each machine stands: its region, its last mile, its uplink, and whether it can be dialled.
/// Drawn from the seed when the world begins, and the same ever after.
final class Places {
  private static final double LAST_MILE_MICROS_MIN = 2_000;
  private static final double LAST_MILE_MICROS_MAX = 12_000;

  private final int regions;

  /// One-way delays between regions in microseconds, row by row.
  private final int[] microsBetween;

  /// Nanoseconds per byte by region and capacity.
  private final float[] nanosPerByte;

  private final short[] region;
  private final byte[] capacity;
  private final short[] lastMileMicros;
  private final boolean[] dialable;
  private final int lastMileMicrosMin;

  Places(Topology topology, int machines, Dice dice) {
    var all = topology.regions();
    regions = all.size();
    microsBetween = new int[regions * regions];
    nanosPerByte = new float[regions * Capacity.BY_NUMBER.size()];
    var sums = new double[regions];
    double sum = 0;
    for (int i = 0; i < regions; i++) {
      var from = all.get(i);
      sum += from.share();
      sums[i] = sum;
      for (int j = 0; j < regions; j++) {
        microsBetween[i * regions + j] = (int) (1000 * topology.oneWayMillis(i, j));
      }
      for (int kind = 0; kind < Capacity.BY_NUMBER.size(); kind++) {
        double megabits =
            switch (Capacity.BY_NUMBER.get(kind)) {
              case LEAF -> from.leafMegabits();
              case HOME -> from.homeMegabits();
              case PUBLIC -> from.publicMegabits();
            };
        nanosPerByte[i * Capacity.BY_NUMBER.size() + kind] = (float) (8_000 / megabits);
      }
    }
    region = new short[machines];
    capacity = new byte[machines];
    lastMileMicros = new short[machines];
    dialable = new boolean[machines];
    lastMileMicrosMin = (int) LAST_MILE_MICROS_MIN;
    for (int machine = 0; machine < machines; machine++) {
      double where = dice.unit(machine) * sum;
      int at = 0;
      while (at < regions - 1 && where >= sums[at]) {
        at++;
      }
      var here = all.get(at);
      double size = dice.unit(machine);
      var kind =
          size < here.leafShare()
              ? Capacity.LEAF
              : size < here.leafShare() + here.publicShare() ? Capacity.PUBLIC : Capacity.HOME;
      region[machine] = (short) at;
      capacity[machine] = (byte) Capacity.BY_NUMBER.indexOf(kind);
      lastMileMicros[machine] =
          (short)
              (LAST_MILE_MICROS_MIN
                  + dice.unit(machine) * (LAST_MILE_MICROS_MAX - LAST_MILE_MICROS_MIN));
      // whoever buys a public machine makes it reachable, and so does who begins a federation
      dialable[machine] =
          machine == 0 || kind == Capacity.PUBLIC || dice.unit(machine) >= here.natShare();
    }
  }

  private Places(Topology topology) {
    var all = topology.regions();
    regions = all.size();
    microsBetween = new int[regions * regions];
    nanosPerByte = new float[regions * Capacity.BY_NUMBER.size()];
    region = new short[regions];
    capacity = new byte[regions];
    lastMileMicros = new short[regions];
    dialable = new boolean[regions];
    lastMileMicrosMin = 0;
    for (int i = 0; i < regions; i++) {
      for (int j = 0; j < regions; j++) {
        microsBetween[i * regions + j] = (int) (1000 * topology.oneWayMillis(i, j));
      }
      region[i] = (short) i;
      capacity[i] = (byte) Capacity.BY_NUMBER.indexOf(Capacity.HOME);
      nanosPerByte[i * Capacity.BY_NUMBER.size() + capacity[i]] =
          (float) (8_000 / all.get(i).homeMegabits());
      dialable[i] = true;
    }
  }

  /// In each region one machine, which can be dialled, without a last mile.
  static Places oneInEach(Topology topology) {
    return new Places(topology);
  }

  int machines() {
    return region.length;
  }

  /// No way between two machines is shorter.
  int oneWayMicrosMin() {
    int least = Arrays.stream(microsBetween).min().orElseThrow();
    return least + 2 * lastMileMicrosMin;
  }

  int region(int machine) {
    return region[machine];
  }

  Capacity capacity(int machine) {
    return Capacity.BY_NUMBER.get(capacity[machine]);
  }

  /// Whether others can begin a link with it.
  boolean dialable(int machine) {
    return dialable[machine];
  }

  /// The way from one machine to another, both last miles included.
  int oneWayMicros(int from, int to) {
    return microsBetween[region[from] * regions + region[to]]
        + lastMileMicros[from]
        + lastMileMicros[to];
  }

  /// How long its uplink is busy with so many bytes.
  long uplinkNanos(int machine, int sizeBytes) {
    return (long)
        (sizeBytes * nanosPerByte[region[machine] * Capacity.BY_NUMBER.size() + capacity[machine]]);
  }
}
