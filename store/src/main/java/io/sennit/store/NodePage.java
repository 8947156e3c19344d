package io.sennit.store;

import io.sennit.dag.Node;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.store.ByteSource.Malformed;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The nodes of 32 neighbouring positions, one row of the index. `docs/store.md` has the table.
final class NodePage {
  static final int NODES = 32;
  private static final int SEALED = 1;
  private static final int LOST = 2;
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

  static EventId idOf(TailEntry entry) {
    return entry.node() == null ? NO_ID : entry.node().id();
  }

  /// One node as it goes into a page.
  static byte[] row(TailEntry entry, int machine) {
    var sink = new ByteSink(24);
    var node = entry.node();
    sink.u8(node == null ? LOST : node.sealed() ? SEALED : 0);
    sink.varint(LogAddress.segment(entry.address()));
    sink.varint(LogAddress.offset(entry.address()));
    if (node != null) {
      sink.zigzag(node.position() - node.height()).varint(node.sizeBytes()).varint(machine);
      EventBlock.writeParents(sink, node.position(), node.parents());
    }
    return sink.toBytes();
  }

  static byte[] encode(List<EventId> ids, List<byte[]> rows) {
    var sink = new ByteSink(1 + ids.size() * 64);
    sink.u8(ids.size());
    for (var id : ids) {
      sink.id(id);
    }
    for (var row : rows) {
      sink.varint(row.length).bytes(row);
    }
    return sink.toBytes();
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

  byte[] rowBytes(int index) {
    return Arrays.copyOfRange(bytes, from[index], to[index]);
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
