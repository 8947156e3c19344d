package io.sennit.machine;

/// Where the last runs stand that became durable here, by the names the overlay has for them.
///
/// A memory, not an index: when it is full, an old run makes room for a new one. Names are hashes,
/// so every slot is as likely as any other.
final class RecentRuns {
  private static final int SLOTS_MIN = 256;

  /// So many slots, at most: about as many runs as an overlay speaks of at once.
  private static final int SLOTS_MAX = 1 << 17;

  /// A run may stand in as many neighbouring slots.
  private static final int WAYS = 4;

  private long[] runs = new long[SLOTS_MIN];

  /// 0 where a slot is free.
  private long[] positions = new long[SLOTS_MIN];

  private int taken;

  /// @param position of the run's last event
  void add(long run, long position) {
    if (taken > runs.length / 2 && runs.length < SLOTS_MAX) {
      enlarge();
    }
    put(run, position);
  }

  private void put(long run, long position) {
    int first = first(run);
    int chosen = first;
    for (int slot = first; slot < first + WAYS; slot++) {
      if (positions[slot] != 0 && runs[slot] == run) {
        return;
      }
      if (positions[slot] < positions[chosen]) {
        chosen = slot;
      }
    }
    taken += positions[chosen] == 0 ? 1 : 0;
    runs[chosen] = run;
    positions[chosen] = position;
  }

  private int first(long run) {
    return (int) (run & runs.length - 1) & -WAYS;
  }

  private void enlarge() {
    long[] runsBefore = runs;
    long[] positionsBefore = positions;
    runs = new long[2 * runsBefore.length];
    positions = new long[runs.length];
    taken = 0;
    for (int slot = 0; slot < runsBefore.length; slot++) {
      if (positionsBefore[slot] != 0) {
        put(runsBefore[slot], positionsBefore[slot]);
      }
    }
  }

  /// The position of the run's last event; 0 when it is not remembered.
  long position(long run) {
    int first = first(run);
    for (int slot = first; slot < first + WAYS; slot++) {
      if (positions[slot] != 0 && runs[slot] == run) {
        return positions[slot];
      }
    }
    return 0;
  }
}
