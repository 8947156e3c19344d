package io.sennit.store;

import io.sennit.dag.ChainEnds;
import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.dag.Summary;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Turns generations of the tail into batches of rows; where there are many, in the order of their
/// keys.
///
/// One thread uses it.
final class Indexer {
  /// Numbers of the nodes of one batch.
  private static final long NUMBER_MASK = (1L << 24) - 1;

  private final Index index;
  private final List<EventId> pageIds = new ArrayList<>();
  private final List<byte[]> pageRows = new ArrayList<>();
  private final Map<MachineId, Integer> numbers = new HashMap<>();
  private final ReceiptRows receipts;
  private Checkpoint checkpoint;

  /// Goes on where this checkpoint, read from the same index, ends.
  Indexer(Index index, Checkpoint checkpoint) {
    this.index = index;
    this.receipts = new ReceiptRows(index);
    this.checkpoint = checkpoint;
    long begun = checkpoint.position() % NodePage.NODES;
    if (begun != 0) {
      long number = NodePage.number(checkpoint.position());
      var bytes = index.get(Family.NODES, Keys.number(number));
      var page = bytes == null ? null : NodePage.decode(number, bytes);
      if (page == null || page.count() != begun) {
        throw Index.illegible("the last page is not whole");
      }
      for (int i = 0; i < begun; i++) {
        pageIds.add(page.rawId(i));
        pageRows.add(page.rowBytes(i));
      }
    }
  }

  /// Writes one batch that takes RocksDB from one checkpoint to the next.
  ///
  /// @param view of the slice and all that stands before it
  void write(Generation.Slice slice, View view) {
    var batch = new IndexBatch();
    var entries = new ArrayList<TailEntry>(slice.size());
    var nodes = new ArrayList<Node>(slice.size());
    for (int i = 0; i < slice.size(); i++) {
      var entry = slice.entry(i);
      entries.add(entry);
      if (entry.node() != null) {
        nodes.add(entry.node());
      } else {
        batch.put(Family.META, Keys.lost(entry.position()), new byte[0]);
      }
    }
    int machines = addAuthors(batch, nodes, view);
    addPages(batch, entries);
    addIds(batch, nodes);
    addHeights(batch, nodes);
    addTips(batch, nodes);
    receipts.add(batch, entries);
    var last = slice.entry(slice.size() - 1);
    long heightMax = checkpoint.heightMax();
    for (var node : nodes) {
      heightMax = Math.max(heightMax, node.height());
    }
    checkpoint =
        new Checkpoint(
            last.position(),
            last.address(),
            heightMax,
            machines,
            checkpoint.logHigh(),
            checkpoint.logLow());
    batch.put(Family.META, Index.CHECKPOINT_KEY, checkpoint.toBytes());
    index.write(batch);
  }

  /// Gives new machines a number, moves the tips of all that wrote.
  ///
  /// @return how many machines have a number
  private int addAuthors(IndexBatch batch, List<Node> nodes, View view) {
    int machines = checkpoint.machines();
    var rows = new TreeMap<MachineId, AuthorRow>();
    numbers.clear();
    for (var node : nodes) {
      var row = rows.get(node.machine());
      if (row == null) {
        var bytes = index.get(Family.AUTHORS, node.machine().toBytes());
        if (bytes == null) {
          row = new AuthorRow(machines++, Positions.of());
          batch.put(Family.META, Keys.machine(row.number()), node.machine().toBytes());
        } else {
          row = AuthorRow.read(bytes);
        }
        numbers.put(node.machine(), row.number());
      }
      var tips = ChainEnds.after(view::node, row.tips(), node);
      rows.put(node.machine(), new AuthorRow(row.number(), tips));
    }
    rows.forEach((machine, row) -> batch.put(Family.AUTHORS, machine.toBytes(), row.toBytes()));
    return machines;
  }

  private void addPages(IndexBatch batch, List<TailEntry> entries) {
    for (var entry : entries) {
      var node = entry.node();
      pageIds.add(NodePage.idOf(entry));
      pageRows.add(NodePage.row(entry, node == null ? 0 : numbers.getOrDefault(node.machine(), 0)));
      if (pageIds.size() == NodePage.NODES) {
        putPage(batch, entry.position());
        pageIds.clear();
        pageRows.clear();
      }
    }
    if (!pageIds.isEmpty()) {
      putPage(batch, entries.getLast().position());
    }
  }

  private void putPage(IndexBatch batch, long position) {
    batch.put(
        Family.NODES, Keys.number(NodePage.number(position)), NodePage.encode(pageIds, pageRows));
  }

  /// Nearly in order: by the first 40 bits, which is what a skip list wants.
  private static void addIds(IndexBatch batch, List<Node> nodes) {
    var sorted = new long[nodes.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = ((nodes.get(i).id().a() ^ Long.MIN_VALUE) & ~NUMBER_MASK) | i;
    }
    Arrays.sort(sorted);
    for (long each : sorted) {
      var node = nodes.get((int) (each & NUMBER_MASK));
      batch.mergeId(node.id(), node.position());
    }
  }

  private void addHeights(IndexBatch batch, List<Node> nodes) {
    var blocks = new TreeMap<Long, ByteSink>();
    NavigableMap<Long, Summary> sums = new TreeMap<>();
    for (var node : nodes) {
      long block = node.height() >> Keys.BLOCK_BITS;
      blocks
          .computeIfAbsent(block, _ -> new ByteSink(64))
          .varint(node.height() & ((1 << Keys.BLOCK_BITS) - 1))
          .varint(node.position());
      sums.put(block, sums.getOrDefault(block, Summary.EMPTY).plus(node.id()));
    }
    blocks.forEach((block, row) -> batch.merge(Family.HEIGHTS, Keys.number(block), row.toBytes()));
    for (int level = 1; level <= Keys.LEVELS; level++) {
      sums = addSums(batch, level, sums);
    }
  }

  /// Adds to the sums of one level.
  ///
  /// @return what is to be added to the next
  private NavigableMap<Long, Summary> addSums(
      IndexBatch batch, int level, NavigableMap<Long, Summary> sums) {
    var above = new TreeMap<Long, Summary>();
    sums.forEach((block, sum) -> {
      var key = Keys.sum(level, block);
      var before = index.get(Family.SUMS, key);
      var after = before == null ? sum : Sums.read(before).plus(sum);
      batch.put(Family.SUMS, key, Sums.toBytes(after));
      above.merge(block >> Keys.BLOCK_BITS, sum, Summary::plus);
    });
    return above;
  }

  private static void addTips(IndexBatch batch, List<Node> nodes) {
    var born = new HashSet<Long>();
    var gone = new HashSet<Long>();
    for (var node : nodes) {
      for (int i = 0; i < node.parents().size(); i++) {
        long parent = node.parents().get(i);
        if (!born.remove(parent)) {
          gone.add(parent);
        }
      }
      born.add(node.position());
    }
    gone.forEach(position -> batch.delete(Family.META, Keys.tip(position)));
    born.forEach(position -> batch.put(Family.META, Keys.tip(position), new byte[0]));
  }
}
