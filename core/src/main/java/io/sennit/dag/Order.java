package io.sennit.dag;

import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys in order, in memory: a row for each height, and above the rows sums of 32, 1,024, 32,768 …
/// heights.
final class Order {
  private static final int FAN_BITS = 5;
  private static final int LEVELS = 5;

  /// Rows by height. Heights have no gaps: an event has a parent one below.
  private final List<Row> rows = new ArrayList<>();

  /// `levels[l]` sums `32^l` heights each; level 0 one height each.
  private final List<List<Summary>> levels = new ArrayList<>();

  Order() {
    for (int level = 0; level < LEVELS; level++) {
      levels.add(new ArrayList<>());
    }
  }

  void add(Key key) {
    while (rows.size() <= key.height()) {
      rows.add(new Row());
    }
    rows.get((int) key.height()).add(key.id());
    for (int level = 0; level < LEVELS; level++) {
      var sums = levels.get(level);
      int block = (int) (key.height() >> (level * FAN_BITS));
      while (sums.size() <= block) {
        sums.add(Summary.EMPTY);
      }
      sums.set(block, sums.get(block).plus(key.id()));
    }
  }

  Summary summary(Key from, Key to) {
    if (from.compareTo(to) >= 0 || from.height() >= rows.size()) {
      return Summary.EMPTY;
    }
    int first = (int) from.height();
    int last = (int) Math.min(to.height(), rows.size());
    if (first == last) {
      return part(first, from.id(), to.id());
    }
    var sum = part(first, from.id(), null).plus(blocks(first + 1, last, 0));
    return last < rows.size() ? sum.plus(part(last, null, to.id())) : sum;
  }

  /// Sum of a piece of one row.
  private Summary part(int height, @Nullable EventId from, @Nullable EventId to) {
    var ids = rows.get(height).sorted();
    var sum = Summary.EMPTY;
    int end = to == null ? ids.size() : Row.rank(ids, to);
    for (int i = from == null ? 0 : Row.rank(ids, from); i < end; i++) {
      sum = sum.plus(ids.get(i));
    }
    return sum;
  }

  /// Sum of the blocks `from` to below `to` of one level, taking whole blocks of the next level
  /// where they fit.
  private Summary blocks(int from, int to, int level) {
    int up = (from + (1 << FAN_BITS) - 1) >> FAN_BITS;
    int down = to >> FAN_BITS;
    if (level == LEVELS - 1 || up >= down) {
      var sum = Summary.EMPTY;
      for (int block = from; block < to; block++) {
        sum = sum.plus(levels.get(level).get(block));
      }
      return sum;
    }
    return blocks(from, up << FAN_BITS, level)
        .plus(blocks(up, down, level + 1))
        .plus(blocks(down << FAN_BITS, to, level));
  }

  Key select(Key from, long rank) {
    if (from.height() >= rows.size()) {
      return Key.MAX;
    }
    int height = (int) from.height();
    var ids = rows.get(height).sorted();
    int before = Row.rank(ids, from.id());
    if (rank < ids.size() - before) {
      return new Key(height, ids.get(before + (int) rank));
    }
    return climb(height + 1, rank - (ids.size() - before));
  }

  /// The event with `rank` events between the beginning of this height and itself.
  private Key climb(int height, long rank) {
    int level = 0;
    int block = height;
    long left = rank;
    while (level < LEVELS - 1 && block % (1 << FAN_BITS) == 0) {
      block >>= FAN_BITS;
      level++;
    }
    boolean down = false;
    while (true) {
      if (block >= levels.get(level).size()) {
        return Key.MAX;
      }
      long count = levels.get(level).get(block).count();
      if (count <= left) {
        left -= count;
        block++;
        while (!down && level < LEVELS - 1 && block % (1 << FAN_BITS) == 0) {
          block >>= FAN_BITS;
          level++;
        }
      } else if (level > 0) {
        down = true;
        level--;
        block <<= FAN_BITS;
      } else {
        return new Key(block, rows.get(block).sorted().get((int) left));
      }
    }
  }

  List<Key> keys(Key from, Key to, int limit) {
    var keys = new ArrayList<Key>();
    for (long height = from.height();
        height < rows.size() && height <= to.height() && keys.size() < limit;
        height++) {
      var ids = rows.get((int) height).sorted();
      int i = height == from.height() ? Row.rank(ids, from.id()) : 0;
      int end = height == to.height() ? Row.rank(ids, to.id()) : ids.size();
      for (; i < end && keys.size() < limit; i++) {
        keys.add(new Key(height, ids.get(i)));
      }
    }
    return keys;
  }

  /// The ids of one height; sorted when somebody looks.
  private static final class Row {
    private final ArrayList<EventId> ids = new ArrayList<>(1);
    private boolean sorted = true;

    void add(EventId id) {
      sorted = ids.isEmpty();
      ids.add(id);
    }

    /// Readers share the store's lock, so the first of them sorts for all.
    synchronized List<EventId> sorted() {
      if (!sorted) {
        ids.sort(null);
        sorted = true;
      }
      return ids;
    }

    /// How many are lower.
    static int rank(List<EventId> sorted, EventId id) {
      int at = Collections.binarySearch(sorted, id);
      return at < 0 ? -at - 1 : at;
    }
  }
}
