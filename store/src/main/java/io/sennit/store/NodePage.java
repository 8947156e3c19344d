package io.sennit.store;

import io.sennit.dag.Distances;
import io.sennit.dag.Node;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.store.ByteSource.Malformed;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The nodes of 32 neighbouring positions, one row of the index. `docs/store.md` has the table.
final class NodePage {
  static final int NODES = 32;
  private static final int SEALED = 1;
  private static final int LOST = 2;
  private static final int PARENTS_IN_LOG = 4;
  private static final EventId NO_ID = new EventId(0, 0, 0, 0);

  private final long first;
  private final byte[] bytes;
  private final int[] from;
  private final int[] to;

  private NodePage(long page, byte[] bytes, int count) {
    this.first = firstPosition(page);
    this.bytes = bytes;
    this.from = new int[count];
    this.to = new int[count];
  }

  /// The page this position is on.
  static long number(long position) {
    return (position - 1) / NODES;
  }

  static long firstPosition(long page) {
    return page * NODES + 1;
  }

  /// A page while nodes are added to it.
  static final class Forming {
    private final ByteSink ids = new ByteSink(NODES * EventId.SIZE_BYTES);
    private final ByteSink rows = new ByteSink(NODES * 32);
    private final ByteSink row = new ByteSink(64);
    private final int parentsMax;
    private int count;

    /// @param parentsMax of events that name more, only those that they ended
    Forming(int parentsMax) {
      this.parentsMax = parentsMax;
    }

    int count() {
      return count;
    }

    void clear() {
      ids.clear();
      rows.clear();
      count = 0;
    }

    /// @param machine the number of the node's machine
    void add(TailEntry entry, int machine) {
      var node = entry.node();
      row.clear();
      boolean inLog = node != null && node.parents().size() > parentsMax;
      row.u8(node == null ? LOST : (node.sealed() ? SEALED : 0) | (inLog ? PARENTS_IN_LOG : 0));
      row.varint(LogAddress.segment(entry.address()));
      row.varint(LogAddress.offset(entry.address()));
      if (node != null) {
        row.zigzag(node.position() - node.height()).varint(node.sizeBytes()).varint(machine);
        Distances.write(row, node.position(), inLog ? entry.ended() : node.parents());
      }
      ids.id(node == null ? NO_ID : node.id());
      rows.varint(row.size()).bytes(row.shared(), 0, row.size());
      count++;
    }

    /// Goes on with a page that was not full.
    void addAll(NodePage page) {
      for (int i = 0; i < page.count(); i++) {
        ids.id(page.rawId(i));
        rows.varint(page.to[i] - page.from[i]).bytes(page.bytes, page.from[i], page.to[i]);
      }
      count += page.count();
    }

    byte[] toBytes() {
      return new ByteSink(1 + ids.size() + rows.size())
          .u8(count)
          .bytes(ids.shared(), 0, ids.size())
          .bytes(rows.shared(), 0, rows.size())
          .toBytes();
    }
  }

  static NodePage decode(long page, byte[] bytes) {
    try {
      var source = new ByteSource(bytes);
      var decoded = new NodePage(page, bytes, source.u8());
      source.skip(decoded.from.length * EventId.SIZE_BYTES);
      for (int i = 0; i < decoded.from.length; i++) {
        int length = source.varint(1, bytes.length);
        decoded.from[i] = source.at();
        source.skip(length);
        decoded.to[i] = source.at();
      }
      return decoded;
    } catch (Malformed e) {
      throw Index.illegible("page " + page + " of the nodes", e);
    }
  }

  int count() {
    return from.length;
  }

  /// The uuid at this position, or null when its event was lost.
  @Nullable EventId id(long position) {
    return lost(index(position)) ? null : rawId(index(position));
  }

  EventId rawId(int index) {
    return EventId.of(bytes, 1 + index * EventId.SIZE_BYTES);
  }

  private boolean lost(int index) {
    return (bytes[from[index]] & LOST) != 0;
  }

  private int index(long position) {
    int index = (int) (position - first);
    if (index < 0 || index >= from.length) {
      throw Index.illegible("no node for position " + position);
    }
    return index;
  }

  /// Where the record stands that holds this event.
  long address(long position) {
    try {
      var source = source(position);
      source.skip(1);
      int segment = source.varint(0, Integer.MAX_VALUE);
      return LogAddress.of(segment, source.varint());
    } catch (Malformed e) {
      throw Index.illegible("position " + position, e);
    }
  }

  /// Whether the node has only those parents that it ended, the others stand in the log.
  boolean parentsInLog(long position) {
    return (bytes[from[index(position)]] & PARENTS_IN_LOG) != 0;
  }

  /// The node, or null when its event was lost.
  @Nullable Node node(long position, IntFunction<MachineId> machines) {
    try {
      var source = source(position);
      int flags = source.u8();
      if ((flags & LOST) != 0) {
        return null;
      }
      source.varint();
      source.varint();
      long height = position - source.zigzag();
      int sizeBytes = source.varint(0, Integer.MAX_VALUE);
      var machine = machines.apply(source.varint(0, Integer.MAX_VALUE));
      var parents = EventBlock.readParents(source, position);
      boolean sealed = (flags & SEALED) != 0;
      return new Node(
          position, rawId(index(position)), height, machine, sealed, sizeBytes, parents);
    } catch (Malformed e) {
      throw Index.illegible("position " + position, e);
    }
  }

  private ByteSource source(long position) {
    int index = index(position);
    return new ByteSource(bytes, from[index], to[index]);
  }
}
