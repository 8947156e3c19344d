package io.sennit.store;

import io.sennit.dag.ChainEnds;
import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.dag.Summary;
import io.sennit.event.MachineId;
import java.util.ArrayList;
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
  private final Index index;
  private final NodePage.Forming page;
  private final Map<MachineId, Author> authors = new HashMap<>();
  private final ReceiptRows receipts;
  private final IdIndexer ids;
  private Checkpoint checkpoint;

  /// Goes on where this checkpoint, read from the same index, ends.
  Indexer(Index index, Checkpoint checkpoint, IdLists lists, int parentsMax) {
    this.index = index;
    this.page = new NodePage.Forming(parentsMax);
    this.ids = new IdIndexer(index, lists);
    this.receipts = new ReceiptRows(index);
    this.checkpoint = checkpoint;
    long begun = checkpoint.position() % NodePage.NODES;
    if (begun != 0) {
      var bytes = index.get(Family.META, Keys.LAST_PAGE);
      var last =
          bytes == null ? null : NodePage.decode(NodePage.number(checkpoint.position()), bytes);
      if (last == null || last.count() != begun) {
        throw Index.illegible("the last page is not whole");
      }
      page.addAll(last);
    }
  }

  /// The lists of uuids that RocksDB has.
  IdLists lists() {
    return ids.lists();
  }

  /// Writes one batch that takes RocksDB from one checkpoint to the next.
  ///
  /// @param view of the slice and all that stands before it
  void write(Generation.Slice slice, View view) {
    var batch = new IndexBatch();
    var nodes = new ArrayList<Node>(slice.size());
    for (int i = 0; i < slice.size(); i++) {
      var entry = slice.entry(i);
      if (entry.node() != null) {
        nodes.add(entry.node());
      } else {
        batch.put(Family.META, Keys.lost(entry.position()), new byte[0]);
      }
    }
    int machines = addAuthors(batch, nodes, view);
    addPages(batch, slice);
    addHeights(batch, nodes);
    addTips(batch, nodes);
    receipts.add(batch, slice);
    var last = slice.entry(slice.size() - 1);
    ids.add(batch, view, last.position(), slice.size());
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

  /// Where the chain of a machine ends while a batch is made.
  private static final class Author {
    private final int number;
    private Positions ends;

    /// The one end, as long as that is all there is to say; then `ends` is not up to date.
    private long end;

    Author(AuthorRow row) {
      number = row.number();
      ends = row.tips();
      end = ends.size() == 1 ? ends.get(0) : 0;
    }

    void add(Node node, View view) {
      if (end != 0 && node.parents().contains(end)) {
        end = node.position();
      } else {
        ends = ChainEnds.after(view::whole, row().tips(), node);
        end = ends.size() == 1 ? ends.get(0) : 0;
      }
    }

    AuthorRow row() {
      return new AuthorRow(number, end == 0 ? ends : Positions.of(end));
    }
  }

  /// Gives new machines a number, moves the tips of all that wrote.
  ///
  /// @return how many machines have a number
  private int addAuthors(IndexBatch batch, List<Node> nodes, View view) {
    int machines = checkpoint.machines();
    authors.clear();
    for (var node : nodes) {
      var author = authors.get(node.machine());
      if (author == null) {
        var bytes = index.get(Family.AUTHORS, node.machine().toBytes());
        if (bytes == null) {
          author = new Author(new AuthorRow(machines++, Positions.of()));
          batch.put(Family.META, Keys.machine(author.number), node.machine().toBytes());
        } else {
          author = new Author(AuthorRow.read(bytes));
        }
        authors.put(node.machine(), author);
      }
      author.add(node, view);
    }
    authors.forEach(
        (machine, author) -> batch.put(Family.AUTHORS, machine.toBytes(), author.row().toBytes()));
    return machines;
  }

  /// A page goes to the nodes once it is full, so that their files follow each other without
  /// overlap and are never merged; until then it is kept apart.
  private void addPages(IndexBatch batch, Generation.Slice slice) {
    for (int i = 0; i < slice.size(); i++) {
      var entry = slice.entry(i);
      var author = entry.node() == null ? null : authors.get(entry.node().machine());
      page.add(entry, author == null ? 0 : author.number);
      if (page.count() == NodePage.NODES) {
        var number = Keys.number(NodePage.number(entry.position()));
        batch.put(Family.NODES, number, page.toBytes());
        page.clear();
      }
    }
    batch.put(Family.META, Keys.LAST_PAGE, page.toBytes());
  }

  /// What one batch adds to a block of heights.
  private static final class HeightBlock {
    private final ByteSink row = new ByteSink(160);
    private Summary sum = Summary.EMPTY;

    void add(Node node) {
      row.varint(node.height() & ((1 << Keys.BLOCK_BITS) - 1)).varint(node.position());
      sum = sum.plus(node.id());
    }
  }

  private void addHeights(IndexBatch batch, List<Node> nodes) {
    var blocks = new TreeMap<Long, HeightBlock>();
    long number = -1;
    var block = new HeightBlock();
    for (var node : nodes) {
      long wanted = node.height() >> Keys.BLOCK_BITS;
      if (wanted != number) {
        number = wanted;
        block = blocks.computeIfAbsent(wanted, _ -> new HeightBlock());
      }
      block.add(node);
    }
    NavigableMap<Long, Summary> sums = new TreeMap<>();
    blocks.forEach((each, added) -> {
      batch.merge(Family.HEIGHTS, Keys.number(each), added.row.toBytes());
      sums.put(each, added.sum);
    });
    addSums(batch, sums);
  }

  private void addSums(IndexBatch batch, NavigableMap<Long, Summary> lowest) {
    var sums = lowest;
    for (int level = 1; level <= Keys.LEVELS; level++) {
      sums = addSums(batch, level, sums);
    }
  }

  /// Adds to the sums of one level.
  ///
  /// @return what is to be added to the next
  private NavigableMap<Long, Summary> addSums(
      IndexBatch batch, int level, NavigableMap<Long, Summary> sums) {
    var next = new TreeMap<Long, Summary>();
    sums.forEach((block, sum) -> {
      var key = Keys.sum(level, block);
      boolean above = block > checkpoint.heightMax() >> (level * Keys.BLOCK_BITS);
      var before = above ? null : index.get(Family.SUMS, key);
      var after = before == null ? sum : Sums.read(before).plus(sum);
      batch.put(Family.SUMS, key, Sums.toBytes(after));
      next.merge(block >> Keys.BLOCK_BITS, sum, Summary::plus);
    });
    return next;
  }

  /// An event that is the only tip after it, and named by the next one, is never looked up.
  private static void addTips(IndexBatch batch, List<Node> nodes) {
    var born = new HashSet<Long>();
    var gone = new HashSet<Long>();
    long latest = 0;
    for (var node : nodes) {
      for (int i = 0; i < node.parents().size(); i++) {
        long parent = node.parents().get(i);
        if (parent == latest) {
          latest = 0;
        } else if (!born.remove(parent)) {
          gone.add(parent);
        }
      }
      if (latest != 0) {
        born.add(latest);
      }
      latest = node.position();
    }
    if (latest != 0) {
      born.add(latest);
    }
    gone.forEach(position -> batch.delete(Family.META, Keys.tip(position)));
    born.forEach(position -> batch.put(Family.META, Keys.tip(position), new byte[0]));
  }
}
