package io.sennit.store;

import io.sennit.dag.Receipt;
import io.sennit.store.ByteSource.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds receipts to the index, and takes the oldest away when there are too many.
///
/// One thread uses it.
final class ReceiptRows {
  private static final byte[] COUNT_KEY = {'r'};

  private final Index index;
  private int count;

  /// No row stands before it; a scan from here meets no rows that are gone.
  private long oldest;

  ReceiptRows(Index index) {
    this.index = index;
    var row = index.get(Family.META, COUNT_KEY);
    try {
      count = row == null ? 0 : new ByteSource(row).varint(0, Integer.MAX_VALUE);
    } catch (Malformed e) {
      throw Index.illegible("the number of receipts", e);
    }
  }

  void add(IndexBatch batch, Generation.Slice slice) {
    var fresh = new HashMap<String, Receipt>();
    var gone = new HashSet<Long>();
    for (int i = 0; i < slice.size(); i++) {
      var receipt = slice.entry(i).receipt();
      if (receipt != null) {
        var before = fresh.put(receipt.key(), receipt);
        if (before == null) {
          before = before(receipt.key());
        }
        if (before != null) {
          forgetPosition(batch, before.first(), gone);
        }
        var key = receipt.key().getBytes(StandardCharsets.UTF_8);
        batch.put(Family.RECEIPTS, Keys.receipt(key), ReceiptNote.toRow(receipt));
        batch.put(Family.RECEIPTS, Keys.receiptAt(receipt.first()), key);
        count++;
      }
    }
    if (!fresh.isEmpty()) {
      forgetOldest(batch, gone);
      batch.put(Family.META, COUNT_KEY, new ByteSink(5).varint(count).toBytes());
    }
  }

  private @Nullable Receipt before(String key) {
    var row = index.get(Family.RECEIPTS, Keys.receipt(key.getBytes(StandardCharsets.UTF_8)));
    return row == null ? null : ReceiptNote.ofRow(key, row);
  }

  private void forgetPosition(IndexBatch batch, long first, Set<Long> gone) {
    batch.delete(Family.RECEIPTS, Keys.receiptAt(first));
    gone.add(first);
    count--;
  }

  /// Looks only at rows that RocksDB has already: those of this batch are the newest.
  private void forgetOldest(IndexBatch batch, Set<Long> gone) {
    if (count <= Receipt.KEPT_MIN) {
      return;
    }
    var moment = index.moment();
    try (var rows = moment.rows(Family.RECEIPTS, Keys.receiptAt(oldest))) {
      for (; count > Receipt.KEPT_MIN && rows.valid(); rows.next()) {
        long first = Keys.receiptPosition(rows.key());
        oldest = first + 1;
        if (!gone.contains(first)) {
          forgetPosition(batch, first, gone);
          batch.delete(Family.RECEIPTS, Keys.receipt(rows.value()));
        }
      }
    } finally {
      moment.release();
    }
  }
}
