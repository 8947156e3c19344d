package io.sennit.store;

import io.sennit.dag.Key;
import io.sennit.dag.Summary;
import io.sennit.store.ByteSource.Malformed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Questions about ranges of keys, answered from the sums of RocksDB and the tail of one view.
///
/// Both ends of a range fall into a block of 32 heights, whose events are looked at one by one;
/// what lies between is summed from whole blocks, the largest that fit.
final class Ranges {
  private static final long FAN = 1L << Keys.BLOCK_BITS;

  private final View view;

  Ranges(View view) {
    this.view = view;
  }

  private static long block(Key key) {
    return key.height() >> Keys.BLOCK_BITS;
  }

  Summary summary(Key from, Key to) {
    if (from.compareTo(to) >= 0) {
      return Summary.EMPTY;
    }
    var sum = new Summary[] {Summary.EMPTY};
    view.eachInTail(node -> {
      if (between(node.key(), from, to)) {
        sum[0] = sum[0].plus(node.id());
      }
    });
    long first = block(from);
    long last = Math.min(block(to), (view.heightMax() >> Keys.BLOCK_BITS) + 1);
    if (first >= last) {
      return first > last ? sum[0] : sum[0].plus(part(first, from, to));
    }
    return sum[0]
        .plus(part(first, from, to))
        .plus(blocks(first + 1, last, 1))
        .plus(part(last, from, to));
  }

  private static boolean between(Key key, Key from, Key to) {
    return key.compareTo(from) >= 0 && key.compareTo(to) < 0;
  }

  /// Sum of what lies in the range and in this block.
  private Summary part(long block, Key from, Key to) {
    var sum = Summary.EMPTY;
    for (var key : indexed(block)) {
      if (between(key, from, to)) {
        sum = sum.plus(key.id());
      }
    }
    return sum;
  }

  /// Sum of blocks `from` to below `to` of this level.
  private Summary blocks(long from, long to, int level) {
    long up = (from + FAN - 1) / FAN;
    long down = to / FAN;
    if (level < Keys.LEVELS && up < down) {
      return blocks(from, up * FAN, level)
          .plus(blocks(up, down, level + 1))
          .plus(blocks(down * FAN, to, level));
    }
    var sum = Summary.EMPTY;
    if (from < to) {
      try (var rows = view.moment().rows(Family.SUMS, Keys.sum(level, from))) {
        for (; rows.valid(); rows.next()) {
          var key = rows.key();
          if (Keys.sumLevel(key) != level || Keys.sumBlock(key) >= to) {
            break;
          }
          sum = sum.plus(Sums.read(rows.value()));
        }
      }
    }
    return sum;
  }

  /// The keys of a block that RocksDB has, in no order.
  private List<Key> indexed(long block) {
    var row = view.moment().get(Family.HEIGHTS, Keys.number(block));
    return row == null ? List.of() : keysOf(block, row);
  }

  private List<Key> keysOf(long block, byte[] row) {
    try {
      var keys = new ArrayList<Key>();
      var source = new ByteSource(row);
      while (source.hasMore()) {
        long height = block * FAN + source.varint(0, (int) FAN - 1);
        long position = source.varint();
        var id = view.id(position);
        if (id == null) {
          throw Index.illegible("no uuid for position " + position);
        }
        keys.add(new Key(height, id));
      }
      return keys;
    } catch (Malformed e) {
      throw Index.illegible("block " + block + " of the heights", e);
    }
  }

  /// The keys of the tail from this one on, ascending.
  private List<Key> tail(Key from, Key to) {
    var keys = new ArrayList<Key>();
    view.eachInTail(node -> {
      if (between(node.key(), from, to)) {
        keys.add(node.key());
      }
    });
    Collections.sort(keys);
    return keys;
  }

  List<Key> keys(Key from, Key to, int limit) {
    var keys = new ArrayList<Key>();
    if (limit <= 0 || from.compareTo(to) >= 0) {
      return keys;
    }
    try (var rows = view.moment().rows(Family.HEIGHTS, Keys.number(block(from)))) {
      for (; keys.size() < limit && rows.valid(); rows.next()) {
        long block = Keys.toNumber(rows.key());
        if (block > block(to)) {
          break;
        }
        for (var key : keysOf(block, rows.value())) {
          if (between(key, from, to)) {
            keys.add(key);
          }
        }
      }
    }
    keys.addAll(tail(from, to));
    Collections.sort(keys);
    return keys.size() <= limit ? keys : List.copyOf(keys.subList(0, limit));
  }

  Key select(Key from, long rank) {
    if (from.height() > view.heightMax()) {
      return Key.MAX;
    }
    var tail = tail(from, Key.MAX);
    long left = rank;
    long block = block(from);
    var first = inBlock(block, from, tail);
    if (left < first.size()) {
      return first.get((int) left);
    }
    left -= first.size();
    return climb(block + 1, left, tail);
  }

  /// The event with `rank` events between the beginning of this block and itself.
  private Key climb(long from, long rank, List<Key> tail) {
    long left = rank;
    long block = from;
    int level = 1;
    boolean down = false;
    while (block << (level * Keys.BLOCK_BITS) <= view.heightMax()) {
      while (!down && level < Keys.LEVELS && block % FAN == 0) {
        block /= FAN;
        level++;
      }
      long count = count(level, block, tail);
      if (count <= left) {
        left -= count;
        block++;
      } else if (level > 1) {
        down = true;
        level--;
        block *= FAN;
      } else {
        return inBlock(block, Key.MIN, tail).get((int) left);
      }
    }
    return Key.MAX;
  }

  private long count(int level, long block, List<Key> tail) {
    var row = view.moment().get(Family.SUMS, Keys.sum(level, block));
    int bits = level * Keys.BLOCK_BITS;
    long from = rank(tail, Key.floor(block << bits));
    long to = rank(tail, Key.floor((block + 1) << bits));
    return to - from + (row == null ? 0 : Sums.read(row).count());
  }

  private static int rank(List<Key> sorted, Key key) {
    int at = Collections.binarySearch(sorted, key);
    return at < 0 ? -at - 1 : at;
  }

  /// The keys of this block from `from` on, ascending, those of the tail included.
  private List<Key> inBlock(long block, Key from, List<Key> tail) {
    var keys = new ArrayList<Key>();
    for (var key : indexed(block)) {
      if (key.compareTo(from) >= 0) {
        keys.add(key);
      }
    }
    long end = block + 1;
    var to = end > Long.MAX_VALUE >> Keys.BLOCK_BITS ? Key.MAX : Key.floor(end * FAN);
    keys.addAll(tail.subList(rank(tail, Key.floor(block * FAN)), rank(tail, to)));
    Collections.sort(keys);
    return keys;
  }
}
