package io.sennit.store;

import io.sennit.store.ByteSource.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which lists of uuids RocksDB has at one moment. They follow each other without a gap, from
/// position 1; what comes after the last one is in memory, in an [IdTable], and read again from the
/// nodes when the store is opened: less than one list.
///
/// @param listEvents size of a list of level 0
/// @param next the number the next list is given
/// @param lists in the order of their positions
/// @param merges of different levels
record IdLists(int listEvents, long next, List<IdList> lists, List<IdMerge> merges) {
  /// Of the index: 1 had all parents in the nodes; the rest is the same.
  private static final int FORM = 2;

  private static final int FORM_MIN = 1;

  IdLists {
    lists = List.copyOf(lists);
    merges = List.copyOf(merges);
  }

  /// Those that belong to a checkpoint.
  static IdLists read(Index index, Checkpoint checkpoint, int listEvents) {
    if (checkpoint.position() == 0) {
      return new IdLists(listEvents, 1, List.of(), List.of());
    }
    var bytes = index.get(Family.META, Keys.LISTS);
    var lists = bytes == null ? null : decode(bytes);
    if (lists == null || lists.listEvents != listEvents) {
      throw Index.illegible("another build made it");
    }
    long open = checkpoint.position() - lists.last();
    if (open < 0 || open >= listEvents) {
      throw Index.illegible("its lists of uuids end at " + lists.last());
    }
    return lists;
  }

  private static @Nullable IdLists decode(byte[] bytes) {
    try {
      var source = new ByteSource(bytes);
      long form = source.varint();
      if (form < FORM_MIN || form > FORM) {
        return null;
      }
      int listEvents = source.varint(1, 1 << 16);
      long next = source.varint();
      var lists = new ArrayList<IdList>();
      for (int left = source.varint(0, bytes.length); left > 0; left--) {
        long number = source.varint();
        int level = source.varint(0, Byte.MAX_VALUE);
        long first = lists.isEmpty() ? 1 : lists.getLast().last() + 1;
        lists.add(new IdList(number, level, first, size(listEvents, level)));
      }
      var merges = new ArrayList<IdMerge>();
      for (int left = source.varint(0, bytes.length); left > 0; left--) {
        long number = source.varint();
        int level = source.varint(0, Byte.MAX_VALUE);
        merges.add(new IdMerge(number, level, source.varint(0, Integer.MAX_VALUE)));
      }
      return new IdLists(listEvents, next, lists, merges);
    } catch (Malformed e) {
      throw Index.illegible("the row of its lists", e);
    }
  }

  byte[] toBytes() {
    var sink = new ByteSink(64).varint(FORM).varint(listEvents).varint(next);
    sink.varint(lists.size());
    for (var list : lists) {
      sink.varint(list.number()).varint(list.level());
    }
    sink.varint(merges.size());
    for (var merge : merges) {
      sink.varint(merge.number()).varint(merge.level()).varint(merge.chunk());
    }
    return sink.toBytes();
  }

  private static long size(int listEvents, int level) {
    long size = listEvents;
    for (int i = 0; i < level; i++) {
      size *= IdList.FAN;
    }
    return size;
  }

  /// The last position of the last list.
  long last() {
    return lists.isEmpty() ? 0 : lists.getLast().last();
  }

  /// The list of level 0 that comes next.
  IdList nextList() {
    return new IdList(next, 0, last() + 1, listEvents);
  }

  /// With the list that came next.
  IdLists plus(IdList list) {
    var more = new ArrayList<>(lists);
    more.add(list);
    return new IdLists(listEvents, next + 1, more, merges);
  }

  /// The first four of a level that are to become one, or none.
  List<IdList> four(int level) {
    var four = lists.stream().filter(list -> list.level() == level).limit(IdList.FAN).toList();
    return four.size() < IdList.FAN ? List.of() : four;
  }

  /// Of the list that comes first; no other has a higher one.
  int levelMax() {
    return lists.isEmpty() ? 0 : lists.getFirst().level();
  }

  Optional<IdMerge> merge(int level) {
    return merges.stream().filter(merge -> merge.level() == level).findAny();
  }

  /// With a merge of this level's first four.
  IdLists begun(int level) {
    var more = new ArrayList<>(merges);
    more.add(new IdMerge(next, level, 0));
    return new IdLists(listEvents, next + 1, lists, more);
  }

  /// What a merge makes of its four.
  IdList merged(IdMerge merge) {
    int level = merge.level() + 1;
    return new IdList(
        merge.number(), level, four(merge.level()).getFirst().first(), size(listEvents, level));
  }

  /// With a merge that has come further.
  IdLists moved(IdMerge merge, int chunk) {
    var present =
        merges.stream()
            .map(
                each -> each.equals(merge) ? new IdMerge(each.number(), each.level(), chunk) : each)
            .toList();
    return new IdLists(listEvents, next, lists, present);
  }

  /// With the list that a merge made, instead of its four.
  IdLists done(IdMerge merge) {
    var four = four(merge.level());
    var after = new ArrayList<>(lists);
    int at = after.indexOf(four.getFirst());
    after.removeAll(four);
    after.add(at, merged(merge));
    return new IdLists(
        listEvents, next, after, merges.stream().filter(each -> !each.equals(merge)).toList());
  }
}
