package io.sennit.store;

import org.jspecify.annotations.Nullable;

/// Puts entries into the rows of a list: buckets ascending, each whole.
final class IdListWriter {
  private final IdList list;
  private final IndexBatch batch;
  private @Nullable IdFilter filter;
  private int chunk;

  IdListWriter(IdList list, IndexBatch batch) {
    this.list = list;
    this.batch = batch;
  }

  void add(IdEntries entries) {
    for (int from = 0; from < entries.size(); ) {
      int bucket = list.bucket(entries.prefixAt(from));
      int to = entries.indexOf(list.floor(bucket + 1), from);
      var present = filterOf(bucket / IdFilter.BUCKETS);
      for (int i = from; i < to; i++) {
        present.add(bucket % IdFilter.BUCKETS, entries.prefixAt(i));
      }
      list.put(batch, entries, from, to, list.bucketBits());
      from = to;
    }
  }

  private IdFilter filterOf(int wanted) {
    if (filter == null || chunk != wanted) {
      finish();
      filter = IdFilter.empty();
      chunk = wanted;
    }
    return filter;
  }

  /// The last chunk is whole.
  void finish() {
    if (filter != null) {
      batch.put(Family.LISTS, list.filterKey(chunk), filter.toBytes());
      filter = null;
    }
  }
}
