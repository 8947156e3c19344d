package io.sennit.store;

import io.sennit.dag.ChainEnds;
import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.store.ByteSource.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What readers see at one moment: RocksDB up to a checkpoint, and the tail from there to `count`.
///
/// @param count the last visible position
/// @param tips ascending
/// @param heightMax the highest height, or -1
/// @param tail oldest first
record View(
    long count,
    List<EventId> tips,
    long heightMax,
    List<Generation.Slice> tail,
    Moment moment,
    NodeCache cache) {

  private @Nullable TailEntry inTail(long position) {
    for (var slice : tail) {
      if (slice.contains(position)) {
        return slice.at(position);
      }
    }
    return null;
  }

  void eachInTail(Consumer<Node> reader) {
    for (var slice : tail) {
      for (int i = 0; i < slice.size(); i++) {
        var node = slice.entry(i).node();
        if (node != null) {
          reader.accept(node);
        }
      }
    }
  }

  void requirePosition(long position) {
    Objects.checkIndex(position - 1, count);
  }

  /// The node, or null when the event was lost.
  @Nullable Node node(long position) {
    requirePosition(position);
    var entry = inTail(position);
    return entry != null
        ? entry.node()
        : cache
            .page(moment, NodePage.number(position))
            .node(position, number -> cache.machine(moment, number));
  }

  /// The uuid, or null when the event was lost.
  @Nullable EventId id(long position) {
    requirePosition(position);
    var entry = inTail(position);
    if (entry != null) {
      return entry.node() == null ? null : entry.node().id();
    }
    return cache.page(moment, NodePage.number(position)).id(position);
  }

  /// Address of the record that holds the event.
  long address(long position) {
    requirePosition(position);
    var entry = inTail(position);
    return entry != null
        ? entry.address()
        : cache.page(moment, NodePage.number(position)).address(position);
  }

  long position(EventId id) {
    for (var slice : tail) {
      long position = slice.position(id);
      if (position != 0) {
        return position;
      }
    }
    var row = moment.get(Family.IDS, Keys.id(id));
    if (row != null) {
      for (long position : positions(row)) {
        if (id.equals(id(position))) {
          return position;
        }
      }
    }
    return 0;
  }

  private static List<Long> positions(byte[] row) {
    try {
      var positions = new ArrayList<Long>(1);
      var source = new ByteSource(row);
      while (source.hasMore()) {
        positions.add(source.varint());
      }
      return positions;
    } catch (Malformed e) {
      throw Index.illegible("a row of uuids", e);
    }
  }

  /// The receipt that came last with this key, or null.
  @Nullable Receipt receipt(String key) {
    for (var slice : tail.reversed()) {
      var receipt = slice.receipt(key);
      if (receipt != null) {
        return receipt;
      }
    }
    var row = moment.get(Family.RECEIPTS, Keys.receipt(key.getBytes(StandardCharsets.UTF_8)));
    return row == null ? null : ReceiptNote.ofRow(key, row);
  }

  /// The receipt of the request that begins at this position, if it is still known.
  @Nullable Receipt receiptAt(long position) {
    var entry = inTail(position);
    if (entry != null) {
      return entry.receipt();
    }
    var key = moment.get(Family.RECEIPTS, Keys.receiptAt(position));
    var receipt = key == null ? null : receipt(new String(key, StandardCharsets.UTF_8));
    return receipt != null && receipt.first() == position ? receipt : null;
  }

  Positions authorTips(MachineId machine) {
    var row = moment.get(Family.AUTHORS, machine.toBytes());
    var tips =
        new Object() {
          Positions present = row == null ? Positions.of() : AuthorRow.read(row).tips();
        };
    eachInTail(node -> {
      if (node.machine().equals(machine)) {
        tips.present = ChainEnds.after(this::node, tips.present, node);
      }
    });
    return tips.present;
  }

  List<MachineId> authors(MachineId after, int limit) {
    var found = new TreeSet<MachineId>();
    try (var rows = moment.rows(Family.AUTHORS, after.toBytes())) {
      for (; found.size() < limit && rows.valid(); rows.next()) {
        var machine = MachineId.of(rows.key(), 0);
        if (machine.compareTo(after) > 0) {
          found.add(machine);
        }
      }
    }
    eachInTail(node -> {
      if (node.machine().compareTo(after) > 0) {
        found.add(node.machine());
      }
    });
    return found.stream().limit(limit).toList();
  }

  /// Up to `limit` ids in this range, both ends included, ascending.
  List<EventId> ids(EventId from, EventId to, int limit) {
    var found = new TreeSet<EventId>();
    try (var rows = moment.rows(Family.IDS, Keys.id(from))) {
      for (; found.size() < limit && rows.valid(); rows.next()) {
        if (Long.compareUnsigned(Keys.toNumber(rows.key()), to.a()) > 0) {
          break;
        }
        for (long position : positions(rows.value())) {
          addBetween(found, id(position), from, to);
        }
      }
    }
    eachInTail(node -> addBetween(found, node.id(), from, to));
    return found.stream().limit(limit).toList();
  }

  private static void addBetween(
      TreeSet<EventId> found, @Nullable EventId id, EventId from, EventId to) {
    if (id != null && id.compareTo(from) >= 0 && id.compareTo(to) <= 0) {
      found.add(id);
    }
  }
}
