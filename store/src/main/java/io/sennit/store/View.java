package io.sennit.store;

import io.sennit.dag.ChainEnds;
import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// What readers see at one moment: RocksDB up to a checkpoint, and the tail from there to `count`.
///
/// @param count the last visible position
/// @param tips ascending
/// @param heightMax the highest height, or -1
/// @param tail oldest first
/// @param tables oldest first, of all that is not in `lists`
/// @param lists the uuids that RocksDB has
record View(
    long count,
    List<EventId> tips,
    long heightMax,
    List<Generation.Slice> tail,
    List<IdTable> tables,
    IdLists lists,
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

  /// The position, or 0; the latest events are looked at first.
  long position(EventId id) {
    var found =
        new LongConsumer() {
          long position;

          @Override
          public void accept(long candidate) {
            if (candidate <= count && id.equals(View.this.id(candidate))) {
              position = candidate;
            }
          }
        };
    for (int i = tables.size() - 1; i >= 0 && found.position == 0; i--) {
      tables.get(i).find(id.a(), found);
    }
    long prefix = IdEntries.prefix(id.a());
    for (int i = lists.lists().size() - 1; i >= 0 && found.position == 0; i--) {
      lists.lists().get(i).find(moment, cache.filters(), prefix, found);
    }
    return found.position;
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
    for (var table : tables) {
      table.between(
          from.a(),
          to.a(),
          position -> {
            if (position <= count) {
              addBetween(found, id(position), from, to);
            }
          });
    }
    long prefixTo = IdEntries.prefix(to.a());
    for (var list : lists.lists()) {
      found.addAll(inList(list, from, to, prefixTo, limit));
    }
    return found.stream().limit(limit).toList();
  }

  /// The first of one list; a few more, because uuids that share a prefix are in no order.
  private TreeSet<EventId> inList(IdList list, EventId from, EventId to, long prefixTo, int limit) {
    var found = new TreeSet<EventId>();
    long begin = list.floor(list.bucket(IdEntries.prefix(from.a())));
    var end = list.keyEnd();
    try (var rows = moment.rows(Family.LISTS, list.pageKeyFrom(begin))) {
      for (; rows.valid() && Arrays.compareUnsigned(rows.key(), end) < 0; rows.next()) {
        var page = rows.value();
        for (int i = 0; i < list.entries(page); i++) {
          long prefix = list.prefixAt(page, i);
          if (prefix > prefixTo) {
            return found;
          }
          addBetween(found, id(list.positionAt(page, i)), from, to);
        }
        if (found.size() >= limit && list.entries(page) > 0) {
          return found;
        }
      }
    }
    return found;
  }

  private static void addBetween(
      TreeSet<EventId> found, @Nullable EventId id, EventId from, EventId to) {
    if (id != null && id.compareTo(from) >= 0 && id.compareTo(to) <= 0) {
      found.add(id);
    }
  }
}
