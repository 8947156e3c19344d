package io.sennit.overlay;

/// The runs of the last half minute: who knows them, and what became of them here. An
/// open-addressing table of primitive columns; nothing is made for a run.
final class Recent {
  /// No more are remembered; what does not fit is left to reconciliation.
  static final int SIZE_MAX = 65_536;

  /// Not in the table.
  static final int NONE = -1;

  /// Named by a peer, not here.
  static final int MISSING = 1;

  /// Came, not checked yet.
  static final int ARRIVING = 2;

  /// Here.
  static final int HERE = 3;

  private static final int STATE = 0b11;
  private static final int TREE_SHIFT = 2;
  private static final int HOPS_SHIFT = 4;
  private static final int FIELD = 0b11;
  private static final int HOPS = 0b1111;

  /// It was asked for because it was late.
  private static final int LATE = 1 << 8;

  private static final int LENGTH_MIN = 8;

  /// Columns of a table without runs; never written.
  private static final long[] NO_LONGS = new long[1];

  private static final int[] NO_INTS = new int[1];
  private static final short[] NO_SHORTS = new short[1];
  private static final byte[] NO_BYTES = new byte[1];

  private final long salt;
  private long[] runs = NO_LONGS;

  /// Slots of the links whose peers know the run.
  private long[] masks = NO_LONGS;

  /// Of a missing one: when to ask (again); otherwise when it came.
  private int[] times = NO_INTS;

  /// Of a missing one: when it was named first.
  private int[] named = NO_INTS;

  /// State, tree, hops + 1, late; 0: the place is free.
  private short[] states = NO_SHORTS;

  /// Of a missing one: how often it was asked for.
  private byte[] tries = NO_BYTES;

  private int size;
  private int missing;

  Recent(long salt) {
    this.salt = salt;
  }

  int size() {
    return size;
  }

  int missing() {
    return missing;
  }

  /// Places are below this.
  int end() {
    return states.length;
  }

  /// Where it is; [#NONE]: nowhere.
  int find(long run) {
    int mask = states.length - 1;
    for (int place = home(run, mask); states[place] != 0; place = (place + 1) & mask) {
      if (runs[place] == run) {
        return place;
      }
    }
    return NONE;
  }

  /// Uuids are hashes, but a peer may name what it likes: salted, so that nobody can fill one
  /// corner.
  private int home(long run, int mask) {
    return (int) Chance.mix(run ^ salt) & mask;
  }

  /// Where it is now; [#NONE]: the table is full. It was not there before.
  int add(long run, int state, int now) {
    if (size >= SIZE_MAX) {
      return NONE;
    }
    if (4 * (size + 1) > 3 * states.length) {
      rebuild(Math.max(LENGTH_MIN, 2 * states.length), now, Integer.MAX_VALUE);
    }
    int place = put(run);
    states[place] = (short) state;
    masks[place] = 0;
    times[place] = now;
    named[place] = now;
    tries[place] = 0;
    size++;
    missing += state == MISSING ? 1 : 0;
    return place;
  }

  private int put(long run) {
    int mask = states.length - 1;
    int place = home(run, mask);
    while (states[place] != 0) {
      place = (place + 1) & mask;
    }
    runs[place] = run;
    return place;
  }

  /// Forgets what is older than so much; the table becomes as large as it must be.
  void forget(int now, int ageMillis) {
    int left = 0;
    for (int place = 0; place < states.length; place++) {
      if (states[place] != 0 && now - named[place] <= ageMillis) {
        left++;
      }
    }
    if (left == 0) {
      clear();
    } else if (left < size) {
      int length = LENGTH_MIN;
      while (3 * length < 4 * (left + 1)) {
        length *= 2;
      }
      rebuild(length, now, ageMillis);
    }
  }

  private void clear() {
    runs = NO_LONGS;
    masks = NO_LONGS;
    times = NO_INTS;
    named = NO_INTS;
    states = NO_SHORTS;
    tries = NO_BYTES;
    size = 0;
    missing = 0;
  }

  private void rebuild(int length, int now, int ageMillis) {
    var old = this.states;
    var oldRuns = runs;
    var oldMasks = masks;
    var oldTimes = times;
    var oldNamed = named;
    var oldTries = tries;
    runs = new long[length];
    masks = new long[length];
    times = new int[length];
    named = new int[length];
    states = new short[length];
    tries = new byte[length];
    size = 0;
    missing = 0;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0 && now - oldNamed[i] <= ageMillis) {
        int place = put(oldRuns[i]);
        states[place] = old[i];
        masks[place] = oldMasks[i];
        times[place] = oldTimes[i];
        named[place] = oldNamed[i];
        tries[place] = oldTries[i];
        size++;
        missing += (old[i] & STATE) == MISSING ? 1 : 0;
      }
    }
  }

  /// The link is gone; its slot may be another's soon.
  void clear(int slot) {
    long others = ~(1L << slot);
    for (int place = 0; size > 0 && place < masks.length; place++) {
      masks[place] &= others;
    }
  }

  long run(int place) {
    return runs[place];
  }

  /// 0: the place is free.
  int state(int place) {
    return states[place] & STATE;
  }

  void state(int place, int state) {
    missing += (state == MISSING ? 1 : 0) - (state(place) == MISSING ? 1 : 0);
    states[place] = (short) ((states[place] & ~STATE) | state);
  }

  int tree(int place) {
    return (states[place] >>> TREE_SHIFT) & FIELD;
  }

  int hops(int place) {
    return ((states[place] >>> HOPS_SHIFT) & HOPS) - 1;
  }

  void route(int place, int tree, int hops) {
    states[place] =
        (short)
            ((states[place] & ~(FIELD << TREE_SHIFT | HOPS << HOPS_SHIFT))
                | tree << TREE_SHIFT
                | (hops + 1) << HOPS_SHIFT);
  }

  boolean isLate(int place) {
    return (states[place] & LATE) != 0;
  }

  void late(int place) {
    states[place] |= LATE;
  }

  long knownBy(int place) {
    return masks[place];
  }

  void knownBy(int place, long slots) {
    masks[place] |= slots;
  }

  void notKnownBy(int place, int slot) {
    masks[place] &= ~(1L << slot);
  }

  int time(int place) {
    return times[place];
  }

  void time(int place, int at) {
    times[place] = at;
  }

  int named(int place) {
    return named[place];
  }

  int tries(int place) {
    return tries[place];
  }

  void tried(int place) {
    tries[place] = (byte) Math.min(Byte.MAX_VALUE, tries[place] + 1);
  }

  /// Lets all missing ones be asked for at this time, if that is earlier.
  void hurry(int at) {
    for (int place = 0; place < states.length; place++) {
      if (state(place) == MISSING && tries[place] == 0 && times[place] - at > 0) {
        times[place] = at;
      }
    }
  }

  /// The earliest time at which a missing one is to be asked for; `latest` if there is none before.
  int earliest(int latest) {
    int earliest = latest;
    for (int place = 0; place < states.length; place++) {
      if (state(place) == MISSING && earliest - times[place] > 0) {
        earliest = times[place];
      }
    }
    return earliest;
  }
}
