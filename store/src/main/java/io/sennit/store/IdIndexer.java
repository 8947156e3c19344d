package io.sennit.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds lists of uuids to the index, and merges them, within the batches of the [Indexer].
///
/// For each event that comes, each merge handles four: it is done after a quarter of the time until
/// its level has four lists again. So an event is written about once for each level, of which there
/// are log₄ of the lists, and four levels more or less are searched.
///
/// One thread uses it.
final class IdIndexer {
  private static final int MERGED_PER_EVENT = IdList.FAN;

  /// Chunks that have as many entries as a list of level 0, about.
  private static final int CHUNKS_OF_A_LIST = 16;

  private final Index index;
  private final int chunkEvents;
  private IdLists lists;
  private @Nullable IdLists written;

  /// Lists that are complete only with this batch, so that they cannot be read yet.
  private final Set<Long> fresh = new HashSet<>();

  /// What merges may handle before more events come. A store that is opened may do some, so that
  /// they are done also by machines that never run for long.
  private long credit;

  IdIndexer(Index index, IdLists lists) {
    this.index = index;
    this.lists = lists;
    chunkEvents = Math.max(1, lists.listEvents() / CHUNKS_OF_A_LIST);
    credit = chunkEvents;
  }

  IdLists lists() {
    return lists;
  }

  /// Adds the rows for what became visible up to this position.
  ///
  /// @param events how many came
  void add(IndexBatch batch, View view, long last, int events) {
    fresh.clear();
    credit += (long) events * MERGED_PER_EVENT;
    int chunks = (int) (credit / chunkEvents);
    credit %= chunkEvents;
    for (int level = 0; level <= lists.levelMax(); level++) {
      merge(batch, level, chunks);
    }
    for (var table : view.tables()) {
      if (table.first() == lists.last() + 1 && table.last() <= last) {
        var list = lists.nextList();
        var writer = new IdListWriter(list, batch);
        writer.add(table.sorted());
        writer.finish();
        lists = lists.plus(list);
      }
    }
    if (!lists.equals(written)) {
      batch.put(Family.META, Keys.LISTS, lists.toBytes());
      written = lists;
    }
  }

  /// Does some chunks of the merges of one level.
  private void merge(IndexBatch batch, int level, int chunks) {
    for (int left = chunks; left > 0; ) {
      if (lists.merge(level).isEmpty()) {
        var four = lists.four(level);
        if (four.isEmpty() || four.stream().anyMatch(list -> fresh.contains(list.number()))) {
          return;
        }
        lists = lists.begun(level);
      }
      left -= go(batch, lists.merge(level).orElseThrow(), left);
    }
  }

  /// Does some chunks of a merge.
  ///
  /// @return how many
  private int go(IndexBatch batch, IdMerge merge, int chunksMax) {
    var four = lists.four(merge.level());
    var made = lists.merged(merge);
    int chunks = Math.ceilDiv(made.buckets(), IdFilter.BUCKETS);
    int to = Math.min(chunks, merge.chunk() + chunksMax);
    var moment = index.moment();
    try {
      for (int chunk = merge.chunk(); chunk < to; chunk++) {
        copy(batch, moment, four, made, chunk);
      }
    } finally {
      moment.release();
    }
    if (to < chunks) {
      lists = lists.moved(merge, to);
    } else {
      lists = lists.done(merge);
      fresh.add(made.number());
      for (var list : four) {
        batch.deleteRange(Family.LISTS, list.keyFirst(), list.keyEnd());
      }
    }
    return to - merge.chunk();
  }

  /// Takes the buckets of the four in turn, each of which is some of the new list's.
  private static void copy(
      IndexBatch batch, Moment moment, List<IdList> four, IdList made, int chunk) {
    var one = four.getFirst();
    int ratio = made.buckets() / one.buckets();
    int from = chunk * IdFilter.BUCKETS / ratio;
    int to = Math.min(one.buckets(), (chunk + 1) * IdFilter.BUCKETS / ratio);
    var rows = new ArrayList<Rows>();
    var parts = new ArrayList<IdEntries>();
    try {
      for (var list : four) {
        rows.add(moment.rows(Family.LISTS, list.pageKeyFrom(list.floor(from))));
        parts.add(new IdEntries(128));
      }
      var merged = new IdEntries(512);
      var writer = new IdListWriter(made, batch);
      for (int bucket = from; bucket < to; bucket++) {
        for (int i = 0; i < four.size(); i++) {
          var list = four.get(i);
          parts.get(i).clear();
          list.read(rows.get(i), list.pageKeyFrom(list.floor(bucket + 1)), parts.get(i));
        }
        merged.merge(parts);
        writer.add(merged);
      }
      writer.finish();
    } finally {
      rows.forEach(Rows::close);
    }
  }
}
