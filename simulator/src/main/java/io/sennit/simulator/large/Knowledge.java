package io.sennit.simulator.large;

import java.util.Arrays;

/// Which events there are, and which machine holds which: a bit for each, and how many each holds.
///
/// Events are numbered as they are written, so that parents have lower numbers than their children.
/// A machine holds an event only if it holds its parents; until then the event waits there, an
/// orphan.
final class Knowledge {
  private static final int NONE = -1;

  private final int machines;
  private final long seed;

  private int events;
  private int[][] parents = new int[64][];
  private long[] writtenNanos = new long[64];
  private int[] writers = new int[64];

  /// `bits[event / 64][machine]`, bit `event % 64`.
  private long[][] bits = new long[4][];

  private final int[] counts;

  /// Events below are no tips of this machine, whatever it still learns.
  private final int[] floors;

  /// Of each machine that has orphans the first, in a list.
  private final int[] orphansFirst;

  private final Share[] shares = new Share[Sectors.COUNT];
  private final Sectors sectors;

  /// What the machines of one sector write to.
  private static final class Share {
    /// By event, how many machines of this sector hold it.
    private int[] holders = new int[64];

    private int[] orphanEvents = new int[64];
    private int[] orphanNext = new int[64];
    private int orphansMade;
    private int orphansFree = NONE;

    /// @return its place in the list
    int add(int event, int next) {
      int at = orphansFree;
      if (at == NONE) {
        if (orphansMade == orphanEvents.length) {
          orphanEvents = Arrays.copyOf(orphanEvents, orphansMade * 2);
          orphanNext = Arrays.copyOf(orphanNext, orphansMade * 2);
        }
        at = orphansMade++;
      } else {
        orphansFree = orphanNext[at];
      }
      orphanEvents[at] = event;
      orphanNext[at] = next;
      return at;
    }

    void remove(int at) {
      orphanNext[at] = orphansFree;
      orphansFree = at;
    }
  }

  Knowledge(int machines, long seed) {
    this.machines = machines;
    this.seed = seed;
    sectors = Sectors.among(machines);
    Arrays.setAll(shares, i -> new Share());
    counts = new int[machines];
    floors = new int[machines];
    orphansFirst = new int[machines];
    Arrays.fill(orphansFirst, NONE);
  }

  int events() {
    return events;
  }

  long writtenNanos(int event) {
    return writtenNanos[event];
  }

  int writer(int event) {
    return writers[event];
  }

  /// How many events it names.
  int parentCount(int event) {
    return parents[event].length;
  }

  /// Machines that run and hold it, as far as [#left] and [#returned] were told.
  int holders(int event) {
    int holders = 0;
    for (var share : shares) {
      holders += share.holders[event];
    }
    return holders;
  }

  private Share share(int machine) {
    return shares[sectors.of(machine)];
  }

  /// What names the event among machines: as good as the first word of a hash.
  long run(int event) {
    return Dice.mix(event + seed);
  }

  /// The other way round.
  ///
  /// @return −1 if there is no such event
  int eventOf(long run) {
    long event = Dice.unmix(run) - seed;
    return event >= 0 && event < events ? (int) event : NONE;
  }

  boolean holds(int machine, int event) {
    return (bits[event >>> 6][machine] >>> event & 1) != 0;
  }

  /// How many events the machine holds.
  int count(int machine) {
    return counts[machine];
  }

  /// What the machine holds: a bit for each event.
  long[] held(int machine) {
    var held = new long[words()];
    for (int word = 0; word < held.length; word++) {
      held[word] = bits[word][machine];
    }
    return held;
  }

  /// Whether a machine holds what another held.
  boolean same(int machine, long[] held) {
    for (int word = 0; word < words(); word++) {
      if (bits[word][machine] != (word < held.length ? held[word] : 0)) {
        return false;
      }
    }
    return true;
  }

  /// Sixty-four events at once: those that the machine holds and another did not.
  long lacking(int word, int holder, long[] held) {
    return bits[word][holder] & ~(word < held.length ? held[word] : 0);
  }

  int words() {
    return (events + 63) >>> 6;
  }

  // ---- writing

  /// The machine writes an event that names these parents, and holds it.
  int write(int machine, int[] tips, long nowNanos) {
    int event = events++;
    if (event == writers.length) {
      int more = event * 2;
      parents = Arrays.copyOf(parents, more);
      writtenNanos = Arrays.copyOf(writtenNanos, more);
      for (var share : shares) {
        share.holders = Arrays.copyOf(share.holders, more);
      }
      writers = Arrays.copyOf(writers, more);
    }
    if (event >>> 6 == bits.length) {
      bits = Arrays.copyOf(bits, bits.length * 2);
    }
    if ((event & 63) == 0) {
      bits[event >>> 6] = new long[machines];
    }
    parents[event] = tips;
    writtenNanos[event] = nowNanos;
    writers[event] = machine;
    take(machine, event);
    return event;
  }

  private void take(int machine, int event) {
    bits[event >>> 6][machine] |= 1L << event;
    counts[machine]++;
    share(machine).holders[event]++;
  }

  /// Events that the machine holds and nothing that it holds names as a parent.
  int[] tips(int machine) {
    int from = floors[machine];
    var covered = new long[words() - (from >>> 6)];
    int base = from & ~63;
    int missing = events;
    for (int event = events - 1; event >= base; event--) {
      if (!holds(machine, event)) {
        missing = event;
        continue;
      }
      for (int parent : parents[event]) {
        if (parent >= base) {
          covered[(parent - base) >>> 6] |= 1L << parent;
        }
      }
    }
    var tips = new int[16];
    int count = 0;
    for (int event = base; event < events; event++) {
      if (holds(machine, event) && (covered[(event - base) >>> 6] >>> event & 1) == 0) {
        if (count == tips.length) {
          tips = Arrays.copyOf(tips, count * 2);
        }
        tips[count++] = event;
      }
    }
    floors[machine] = Math.min(missing, count == 0 ? missing : tips[0]);
    return Arrays.copyOf(tips, count);
  }

  // ---- admission

  /// The machine is offered an event that it does not hold.
  ///
  /// @return whether it holds it now; otherwise the event waits for its parents
  boolean admit(int machine, int event) {
    if (!ready(machine, event)) {
      addOrphan(machine, event);
      return false;
    }
    take(machine, event);
    return true;
  }

  boolean hasOrphans(int machine) {
    return orphansFirst[machine] != NONE;
  }

  private void addOrphan(int machine, int event) {
    var share = share(machine);
    for (int at = orphansFirst[machine]; at != NONE; at = share.orphanNext[at]) {
      if (share.orphanEvents[at] == event) {
        return;
      }
    }
    orphansFirst[machine] = share.add(event, orphansFirst[machine]);
  }

  /// An orphan of this machine whose parents are all here now joins.
  ///
  /// @return its number; −1 if there is none
  int admitOrphan(int machine) {
    var share = share(machine);
    int before = NONE;
    int at = orphansFirst[machine];
    while (at != NONE) {
      int event = share.orphanEvents[at];
      int next = share.orphanNext[at];
      if (!ready(machine, event)) {
        before = at;
        at = next;
        continue;
      }
      if (before == NONE) {
        orphansFirst[machine] = next;
      } else {
        share.orphanNext[before] = next;
      }
      share.remove(at);
      if (!holds(machine, event)) {
        take(machine, event);
        return event;
      }
      at = next; // it came meanwhile, by another way
    }
    return NONE;
  }

  private boolean ready(int machine, int event) {
    for (int parent : parents[event]) {
      if (!holds(machine, parent)) {
        return false;
      }
    }
    return true;
  }

  // ---- machines

  /// The machine is gone: its orphans with it, what it holds is on its disk.
  void left(int machine) {
    var share = share(machine);
    while (orphansFirst[machine] != NONE) {
      int at = orphansFirst[machine];
      orphansFirst[machine] = share.orphanNext[at];
      share.remove(at);
    }
    count(machine, -1);
  }

  /// The machine is back, with what it held.
  void returned(int machine) {
    count(machine, 1);
  }

  private void count(int machine, int by) {
    for (int word = 0; word < words(); word++) {
      for (long rest = bits[word][machine]; rest != 0; rest &= rest - 1) {
        share(machine).holders[(word << 6) + Long.numberOfTrailingZeros(rest)] += by;
      }
    }
  }
}
