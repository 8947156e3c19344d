package io.sennit.overlay;

import java.util.Arrays;

/// Which run goes to whom: given along a tree, first flooded on all links for a few steps, named on
/// the others; and asked for, when it was named and does not come.
///
/// Duplicates never change a tree: with every machine a sender, that would destroy it (as textbook
/// Plumtree does).
final class Spread {
  /// Larger runs are named instead of given, and asked for by whom they reach first.
  static final int PUSH_BYTES_MAX = 8_192;

  /// Runs are named in batches, so long after the first of a batch came.
  static final int BATCH_MILLIS_MIN = 50;

  static final int BATCH_MILLIS_MAX = 100;

  /// A run is first flooded to so large a share of all machines, on average: each of them passes it
  /// on to everybody, so it comes about once more than it had to.
  static final double FLOODED_SHARE = 1.0 / 250;

  /// Links over which an ordinary machine passes on what came over another.
  private static final int BRANCHES = Capacity.HOME.most() - 1;

  private static final int CHANCES = 1_000;

  /// For so long a run is remembered.
  static final int MEMORY_MILLIS = 30_000;

  /// When the table is full, only for so long.
  static final int MEMORY_MILLIS_FULL = 5_000;

  private static final int FORGET_MILLIS = 10_000;

  /// So many runs of a tree in a row had to be asked for: its way to us is broken.
  static final int LATE_MAX = 3;

  /// A new neighbour is told so many runs of so short a time.
  private static final int TOLD_MAX = 64;

  private static final int TOLD_MILLIS = 10_000;

  private static final int QUEUE_MAX = 4_096;
  private static final int QUEUE_KEPT = 16;
  private static final int ASK_MILLIS_MIN = 20;
  private static final int ANSWER_MILLIS_MIN = 300;
  private static final int ANSWER_MILLIS_MAX = 2_000;
  private static final int ROUND_TRIP_MICROS_GUESS = 200_000;

  private final Links links;
  private final Trees trees;
  private final Chance chance;
  private final Recent recent;
  private final Patience patience = new Patience();
  private final byte[] late = new byte[Trees.COUNT];

  /// Runs that some neighbours are still to be told of.
  private long[] queue = new long[4];

  private int queued;

  /// What one neighbour is being told.
  private long[] batch = new long[4];

  private int flushAt;
  private int askAt;
  private int forgetAt;
  private int squeezedAt;
  long given;
  long payloads;
  long duplicates;
  long pulled;
  long announced;
  long heard;

  Spread(Links links, Trees trees, Chance chance) {
    this.links = links;
    this.trees = trees;
    this.chance = chance;
    recent = new Recent(chance.next());
  }

  int remembered() {
    return recent.size();
  }

  private int add(long run, int state, int now) {
    if (recent.size() == 0) {
      forgetAt = now + FORGET_MILLIS;
      squeezedAt = now - FORGET_MILLIS;
    }
    int place = recent.add(run, state, now);
    if (place == Recent.NONE && now - squeezedAt >= MEMORY_MILLIS_FULL / 2) {
      squeezedAt = now;
      recent.forget(now, MEMORY_MILLIS_FULL);
      place = recent.add(run, state, now);
    }
    return place;
  }

  // --- a run comes ---

  boolean arriving(int slot, long run, Route route, int now) {
    int place = recent.find(run);
    if (place == Recent.NONE) {
      place = add(run, Recent.ARRIVING, now);
      payloads++;
      if (place == Recent.NONE) {
        return true; // too many at once: it will be here, and not passed on
      }
    } else if (recent.state(place) == Recent.MISSING) {
      if (!route.pulled()) {
        patience.observed(now - recent.named(place));
      }
      recent.state(place, Recent.ARRIVING);
      payloads++;
    } else {
      duplicates++;
      know(place, slot);
      return false;
    }
    know(place, slot);
    recent.route(place, route.tree(), route.hops());
    recent.time(place, now);
    if (!route.pulled()) {
      late[route.tree()] = 0;
    } else {
      pulled++;
      if (recent.isLate(place) && late[route.tree()] < LATE_MAX) {
        late[route.tree()]++;
      }
    }
    return true;
  }

  private void know(int place, int slot) {
    if (slot >= 0) {
      recent.knownBy(place, 1L << slot);
    }
  }

  void refused(int slot, long run, int now, Effects out) {
    int place = recent.find(run);
    if (place == Recent.NONE || recent.state(place) != Recent.ARRIVING) {
      return;
    }
    if (slot >= 0) {
      recent.notKnownBy(place, slot);
    }
    recent.state(place, Recent.MISSING);
    recent.time(place, now);
    askLater(now);
    ask(now, out);
  }

  void admitted(long run, int sizeBytes, boolean mesh, int now, Effects out) {
    int place = recent.find(run);
    boolean routed = place != Recent.NONE && recent.state(place) == Recent.ARRIVING;
    if (place == Recent.NONE) {
      place = add(run, Recent.HERE, now);
    } else if (recent.state(place) == Recent.HERE) {
      return;
    }
    if (place == Recent.NONE) {
      return;
    }
    recent.state(place, Recent.HERE);
    if (mesh) {
      return;
    }
    if (routed) {
      pass(place, sizeBytes, now, out);
      int t = recent.tree(place);
      if (late[t] >= LATE_MAX) {
        late[t] = 0;
        trees.renew(t, now, out);
      }
    } else {
      nameLater(place, links.active() & ~recent.knownBy(place), now, out);
    }
  }

  void wrote(long run, int sizeBytes, boolean mesh, int now, Effects out) {
    int place = recent.find(run);
    if (place == Recent.NONE) {
      place = add(run, Recent.HERE, now);
    }
    if (place == Recent.NONE) {
      return;
    }
    recent.state(place, Recent.HERE);
    recent.route(place, trees.nearest(), steps(now));
    if (!mesh) {
      pass(place, sizeBytes, now, out);
    }
  }

  /// For how many steps a run is given to everybody. The first reaches all of our neighbours; those
  /// who pass it on are mostly ordinary machines. A step more reaches seven times as many, so now
  /// and then there is one more.
  private int steps(int now) {
    double reached = Math.max(1, FLOODED_SHARE * trees.machines(now));
    int steps = 0;
    int branches = Math.max(1, links.activeCount());
    while (reached >= branches) {
      reached /= branches;
      branches = BRANCHES;
      steps++;
    }
    boolean more = chance.below(CHANCES) < CHANCES * (reached - 1) / (branches - 1);
    return Math.min(more ? steps + 1 : steps, Route.HOPS_MAX);
  }

  // --- a run goes ---

  private void pass(int place, int sizeBytes, int now, Effects out) {
    long run = recent.run(place);
    int t = recent.tree(place);
    var tree = trees.tree(t);
    int hops = Math.max(0, recent.hops(place));
    long knowers = recent.knownBy(place);
    long unknown = links.active() & ~knowers;
    boolean large = sizeBytes > PUSH_BYTES_MAX;
    boolean flooded = trees.isBroken(t, now) || (hops > 0 && !large);
    long along = flooded ? unknown : unknown & (tree.links() | trees.instead(t, knowers));
    recent.knownBy(place, along);
    if (large) {
      if (along != 0) {
        name(along, new OverlayMessage.Announce(new long[] {run}, true), out);
      }
    } else {
      var route = Route.of(t, Math.max(0, hops - 1));
      for (long rest = along; rest != 0; rest &= rest - 1) {
        given++;
        out.give(links.peer(Long.numberOfTrailingZeros(rest)), run, route);
      }
    }
    nameLater(place, unknown & ~along, now, out);
  }

  private void name(long slots, OverlayMessage.Announce message, Effects out) {
    for (long rest = slots; rest != 0; rest &= rest - 1) {
      announced += message.runs().length;
      out.send(links.peer(Long.numberOfTrailingZeros(rest)), message);
    }
  }

  private void nameLater(int place, long slots, int now, Effects out) {
    if (slots == 0) {
      return;
    }
    if (queued == QUEUE_MAX) {
      flush(out);
    }
    if (queued == 0) {
      flushAt = now + chance.between(BATCH_MILLIS_MIN, BATCH_MILLIS_MAX);
    } else if (queued == queue.length) {
      queue = Arrays.copyOf(queue, 2 * queued);
    }
    queue[queued++] = recent.run(place);
  }

  /// Names what is queued to everybody who has neither given nor named it meanwhile.
  private void flush(Effects out) {
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      int next = 0;
      while (next < queued) {
        next = nameBatch(slot, next, out);
      }
    }
    queued = 0;
    if (queue.length > QUEUE_KEPT) {
      queue = new long[QUEUE_KEPT];
      batch = new long[QUEUE_KEPT];
    }
  }

  /// Names a message full of what is queued from `first` on; where the next would begin.
  private int nameBatch(int slot, int first, Effects out) {
    int count = 0;
    int next = first;
    for (; next < queued && count < OverlayMessage.RUNS_MAX; next++) {
      int place = recent.find(queue[next]);
      if (place != Recent.NONE && (recent.knownBy(place) & 1L << slot) == 0) {
        recent.knownBy(place, 1L << slot);
        batch[count++] = queue[next];
        if (count == batch.length && count < OverlayMessage.RUNS_MAX) {
          batch = Arrays.copyOf(batch, 2 * count);
        }
      }
    }
    if (count > 0) {
      name(1L << slot, new OverlayMessage.Announce(Arrays.copyOf(batch, count), false), out);
    }
    return next;
  }

  /// A new neighbour is told what came last: it may have been cut off.
  void gained(int slot, int now, Effects out) {
    int told = 0;
    for (int place = 0; place < recent.end() && told < TOLD_MAX; place++) {
      if (recent.state(place) == Recent.HERE && now - recent.time(place) < TOLD_MILLIS) {
        nameLater(place, 1L << slot, now, out);
        told++;
      }
    }
  }

  // --- a run is named, and asked for ---

  void announced(int slot, OverlayMessage.Announce message, int now, Effects out) {
    boolean pull = false;
    for (long run : message.runs()) {
      heard++;
      int place = recent.find(run);
      boolean fresh = place == Recent.NONE;
      if (fresh) {
        place = add(run, Recent.MISSING, now);
        if (place == Recent.NONE) {
          continue;
        }
      }
      if (fresh || (recent.state(place) == Recent.MISSING && holders(place) == 0)) {
        int wait = patience.millis(links.roundTripOr(slot, ROUND_TRIP_MICROS_GUESS));
        recent.time(place, now + wait);
        askLater(now + wait);
      }
      know(place, slot);
      if (message.pullNow() && recent.state(place) == Recent.MISSING && recent.tries(place) == 0) {
        recent.time(place, now);
        askLater(now);
        pull = true;
      }
    }
    if (pull) {
      ask(now, out);
    }
  }

  private void askLater(int at) {
    if (recent.missing() <= 1 || askAt - at > 0) {
      askAt = at;
    }
  }

  /// Asks for what is due: first the nearest who has it, then the next.
  private void ask(int now, Effects out) {
    var batches = new long[links.end()][];
    var counts = new int[links.end()];
    for (int place = 0; place < recent.end(); place++) {
      if (recent.state(place) != Recent.MISSING || now - recent.time(place) < 0) {
        continue;
      }
      int slot = holder(place);
      if (slot < 0) {
        recent.time(place, now + MEMORY_MILLIS);
        continue;
      }
      if (batches[slot] == null) {
        batches[slot] = new long[4];
      } else if (counts[slot] == OverlayMessage.RUNS_MAX) {
        continue; // the next time, which is soon
      } else if (counts[slot] == batches[slot].length) {
        batches[slot] = Arrays.copyOf(batches[slot], 2 * counts[slot]);
      }
      batches[slot][counts[slot]++] = recent.run(place);
      if (now - recent.named(place) > 0) {
        recent.late(place);
      }
      recent.tried(place);
      int roundTrip = links.roundTripOr(slot, ROUND_TRIP_MICROS_GUESS);
      recent.time(
          place, now + Math.clamp(3L * (roundTrip / 1_000), ANSWER_MILLIS_MIN, ANSWER_MILLIS_MAX));
    }
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] > 0) {
        var runs = Arrays.copyOf(batches[slot], counts[slot]);
        out.send(links.peer(slot), new OverlayMessage.Pull(runs));
      }
    }
    askAt = Math.max(ASK_MILLIS_MIN, recent.earliest(now + ANSWER_MILLIS_MAX) - now) + now;
  }

  /// Of the neighbours that know it, the one whose turn it is, from near to far; −1: nobody does.
  private int holder(int place) {
    long holders = holders(place);
    int count = Long.bitCount(holders);
    if (count == 0) {
      return -1;
    }
    int nearest = -1;
    for (int turn = recent.tries(place) % count; turn >= 0; turn--) {
      nearest = -1;
      for (long rest = holders; rest != 0; rest &= rest - 1) {
        int slot = Long.numberOfTrailingZeros(rest);
        if (nearest < 0
            || links.roundTripOr(slot, ROUND_TRIP_MICROS_GUESS)
                < links.roundTripOr(nearest, ROUND_TRIP_MICROS_GUESS)) {
          nearest = slot;
        }
      }
      holders &= ~(1L << nearest);
    }
    return nearest;
  }

  private long holders(int place) {
    return recent.knownBy(place) & links.active();
  }

  void asked(int slot, OverlayMessage.Pull message, Effects out) {
    for (long run : message.runs()) {
      int place = recent.find(run);
      if (place != Recent.NONE && recent.state(place) == Recent.HERE) {
        know(place, slot);
        given++;
        out.give(links.peer(slot), run, Route.of(recent.tree(place), Route.PULLED));
      }
    }
  }

  /// The link is gone. If the way to a root led over it, what is missing will not come: it is asked
  /// for now.
  void lost(int slot, boolean parent, int now, Effects out) {
    recent.clear(slot);
    if (parent && recent.missing() > 0) {
      recent.hurry(now);
      ask(now, out);
    }
  }

  // --- time ---

  void due(int now, Effects out) {
    if (queued > 0 && now - flushAt >= 0) {
      flush(out);
    }
    if (recent.missing() > 0 && now - askAt >= 0) {
      ask(now, out);
    }
    if (recent.size() > 0 && now - forgetAt >= 0) {
      recent.forget(now, MEMORY_MILLIS);
      forgetAt = now + FORGET_MILLIS;
    }
  }

  /// Milliseconds until [#due] is wanted; the greatest number if it is not.
  int wait(int now) {
    int wait = Integer.MAX_VALUE;
    if (queued > 0) {
      wait = Math.min(wait, Math.max(0, flushAt - now));
    }
    if (recent.missing() > 0) {
      wait = Math.min(wait, Math.max(0, askAt - now));
    }
    if (recent.size() > 0) {
      wait = Math.min(wait, Math.max(0, forgetAt - now));
    }
    return wait;
  }
}
