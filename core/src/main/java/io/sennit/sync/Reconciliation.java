package io.sennit.sync;

import io.sennit.dag.EventStore;
import io.sennit.dag.Key;
import io.sennit.dag.Summary;
import io.sennit.event.EventId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The asker's side of range-based set reconciliation over (height, uuid): finds which of its
/// events the other side lacks, in a bounded number of round trips.
///
/// ```text
///   asker                                     other side (answer: keeps nothing)
///   Fingerprint of each range ──────────────▶ equal: silence
///                             ◀────────────── different, few of mine: Ids
///                             ◀────────────── different, many: Fingerprints of 16 parts
///   few of mine in a range:  Ids ───────────▶ Lacks, those of them not here
/// ```
///
/// The first ranges double in size from the highest key downwards, because differences are mostly
/// recent. A part has a sixteenth of the events of its range, so the number of rounds is
/// logarithmic. The idea is Meyer's (*Range-Based Set Reconciliation*, arXiv 2212.13567), as
/// deployed in negentropy.
public final class Reconciliation {
  /// Ranges with so many events or fewer are named one by one.
  static final int FEW = 64;

  /// Into how many parts a range is split.
  static final int PARTS = 16;

  /// Most ranges of one message.
  static final int RANGES_MAX = 1024;

  /// More rounds than an honest peer can need: each one divides every range by 16.
  static final int ROUNDS_MAX = 64;

  private final EventStore store;
  private final Fingerprints fingerprints;
  private final long salt;
  private final long snapshot;
  private final ArrayDeque<Range> toAsk = new ArrayDeque<>();
  private final TreeSet<Long> have = new TreeSet<>();
  private int rounds;

  /// Begins with the events that are in the store now; later ones are not part of the difference.
  ///
  /// @param salt of every fingerprint, so that those that collided once do not collide again
  public Reconciliation(EventStore store, Fingerprints fingerprints, long salt) {
    this.store = store;
    this.fingerprints = fingerprints;
    this.salt = salt;
    this.snapshot = store.count();
    var to = Key.MAX;
    long above = 0;
    for (long size = FEW; above < snapshot; size *= 2) {
      long rank = Math.max(0, snapshot - above - size);
      var from = rank == 0 ? Key.MIN : store.select(Key.MIN, rank);
      toAsk.add(describe(from, to));
      to = from;
      above += size;
    }
  }

  /// Number of events when it began.
  public long snapshot() {
    return snapshot;
  }

  /// Says which fingerprints are meant.
  public long salt() {
    return salt;
  }

  /// How many questions were asked.
  public int rounds() {
    return rounds;
  }

  /// Whether the other side has kept the rounds going for longer than an honest one can.
  public boolean exhausted() {
    return rounds > ROUNDS_MAX + snapshot / RANGES_MAX;
  }

  /// Whether an asker of somebody who holds `count` events asks more than it can need to: each
  /// level of ranges has at most one for four of those events.
  public static boolean tooMany(int questions, int ranges, long count) {
    return ranges > RANGES_MAX || questions > ROUNDS_MAX + 2 * count / RANGES_MAX;
  }

  /// The next ranges to ask about; empty when the difference is known.
  public List<Range> next() {
    var ranges = new ArrayList<Range>();
    while (ranges.size() < RANGES_MAX && !toAsk.isEmpty()) {
      ranges.add(toAsk.removeFirst());
    }
    if (!ranges.isEmpty()) {
      rounds++;
    }
    return ranges;
  }

  /// Takes the other side's answer to the last question.
  public void answered(List<Range> ranges) {
    for (var range : ranges) {
      switch (range) {
        case Range.Ids theirs -> lackAllBut(theirs);
        case Range.Lacks lacks -> lacks.ids().forEach(this::lacks);
        case Range.Fingerprint theirs -> {
          var mine = store.summary(theirs.from(), theirs.to());
          if (mine.count() > 0 && !matches(fingerprints, salt, theirs, mine)) {
            if (theirs.count() == 0) {
              lackAllBut(new Range.Ids(theirs.from(), theirs.to(), List.of()));
            } else if (mine.count() <= FEW) {
              toAsk.add(ids(store, theirs.from(), theirs.to()));
            } else {
              toAsk.addAll(split(store, fingerprints, salt, theirs, mine.count()));
            }
          }
        }
      }
    }
  }

  /// Positions of the events that the other side lacks, ascending; final once [#next] is empty.
  public long[] have() {
    return have.stream().mapToLong(Long::longValue).toArray();
  }

  /// Events that, with their ancestors, are all that both sides hold.
  public List<EventId> common() {
    var common = new TreeSet<EventId>();
    for (var tip : store.tips()) {
      if (!mineAlone(store.position(tip))) {
        common.add(tip);
      }
    }
    for (long position : have) {
      addCommonParents(position, common);
    }
    for (long position = snapshot + 1; position <= store.count(); position++) {
      addCommonParents(position, common);
    }
    return List.copyOf(common);
  }

  private void addCommonParents(long position, Set<EventId> common) {
    store.node(position).parents().stream()
        .filter(parent -> !mineAlone(parent))
        .forEach(parent -> common.add(store.node(parent).id()));
  }

  private boolean mineAlone(long position) {
    return position > snapshot || have.contains(position);
  }

  private void lackAllBut(Range.Ids theirs) {
    var known = new HashSet<>(theirs.ids());
    var from = theirs.from();
    while (true) {
      var keys = store.keys(from, theirs.to(), 1024);
      for (var key : keys) {
        if (!known.contains(key.id())) {
          lacks(key.id());
        }
      }
      if (keys.size() < 1024) {
        return;
      }
      from = after(keys.getLast());
    }
  }

  private void lacks(EventId id) {
    long position = store.position(id);
    if (position != 0 && position <= snapshot) {
      have.add(position);
    }
  }

  /// The other side's answer: what is different in these ranges.
  public static List<Range> answer(
      EventStore store, Fingerprints fingerprints, long salt, List<Range> asked) {
    var answer = new ArrayList<Range>();
    for (var range : asked) {
      switch (range) {
        case Range.Fingerprint theirs -> {
          var mine = store.summary(theirs.from(), theirs.to());
          if (matches(fingerprints, salt, theirs, mine)) {
            continue;
          }
          if (mine.count() <= FEW) {
            answer.add(ids(store, theirs.from(), theirs.to()));
          } else {
            answer.addAll(split(store, fingerprints, salt, theirs, mine.count()));
          }
        }
        case Range.Ids theirs -> {
          var lacking = theirs.ids().stream().filter(id -> store.position(id) == 0).toList();
          if (!lacking.isEmpty()) {
            answer.add(new Range.Lacks(theirs.from(), theirs.to(), lacking));
          }
        }
        case Range.Lacks _ -> {
          // An answer, not a question: there is nothing to say to it.
        }
      }
    }
    return answer;
  }

  private static List<Range> split(
      EventStore store, Fingerprints fingerprints, long salt, Range whole, long count) {
    var parts = new ArrayList<Range>(PARTS);
    var lower = whole.from();
    for (int part = 1; part <= PARTS; part++) {
      var upper = part == PARTS ? whole.to() : store.select(whole.from(), count * part / PARTS);
      parts.add(fingerprint(fingerprints, salt, lower, upper, store.summary(lower, upper)));
      lower = upper;
    }
    return parts;
  }

  private Range describe(Key from, Key to) {
    var summary = store.summary(from, to);
    return summary.count() <= FEW / 4
        ? ids(store, from, to)
        : fingerprint(fingerprints, salt, from, to, summary);
  }

  private static Range.Ids ids(EventStore store, Key from, Key to) {
    return new Range.Ids(from, to, store.keys(from, to, FEW).stream().map(Key::id).toList());
  }

  private static Range.Fingerprint fingerprint(
      Fingerprints fingerprints, long salt, Key from, Key to, Summary summary) {
    var hash = fingerprints.ofRange(salt, summary);
    return new Range.Fingerprint(from, to, summary.count(), hash.high(), hash.low());
  }

  private static boolean matches(
      Fingerprints fingerprints, long salt, Range.Fingerprint theirs, Summary mine) {
    return theirs.equals(fingerprint(fingerprints, salt, theirs.from(), theirs.to(), mine));
  }

  /// The lowest key above this one.
  private static Key after(Key key) {
    var id = key.id();
    long d = id.d() + 1;
    long c = id.c() + (d == 0 ? 1 : 0);
    long b = id.b() + (d == 0 && c == 0 ? 1 : 0);
    long a = id.a() + (d == 0 && c == 0 && b == 0 ? 1 : 0);
    boolean wrapped = a == 0 && b == 0 && c == 0 && d == 0;
    return wrapped ? Key.floor(key.height() + 1) : new Key(key.height(), new EventId(a, b, c, d));
  }
}
