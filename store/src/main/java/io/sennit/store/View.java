package io.sennit.store;

import static java.util.Objects.requireNonNull;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What readers see at one moment: RocksDB up to a checkpoint, and the tail from there to `count`.
///
/// @param count the last visible position
/// @param tips ascending
/// @param heightMax the highest height, or -1
/// @param tail oldest first
/// @param tables oldest first, of all that is not in `lists`
/// @param lists the uuids that RocksDB has
/// @param inLog reads the parents that RocksDB has not
record View(
    long count,
    List<EventId> tips,
    long heightMax,
    List<Generation.Slice> tail,
    List<IdTable> tables,
    IdLists lists,
    Moment moment,
    NodeCache cache,
    ParentsInLog inLog) {

  /// Where parents are found that the index leaves to the log.
  @FunctionalInterface
  interface ParentsInLog {
    /// Positions of the event's parents, or null when they cannot be read now.
    @Nullable Positions read(View view, long position);
  }

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

  /// The node, or null when the event was lost. If its parents stand in the log, they are read from
  /// there when somebody looks at them, while this moment is held.
  @Nullable Node node(long position) {
    return node(position, () -> parents(position));
  }

  /// The same, if parents in the log are read another way.
  @Nullable Node node(long position, Supplier<Positions> parents) {
    requirePosition(position);
    var entry = inTail(position);
    if (entry != null) {
      return entry.node();
    }
    var page = page(position);
    var node = inPage(page, position);
    return node != null && page.parentsInLog(position) ? node.with(Positions.later(parents)) : node;
  }

  private NodePage page(long position) {
    return cache.page(moment, NodePage.number(position));
  }

  private @Nullable Node inPage(NodePage page, long position) {
    return page.node(position, number -> cache.machine(moment, number));
  }

  private boolean parentsInLog(long position) {
    return inTail(position) == null && page(position).parentsInLog(position);
  }

  /// The parents of an event that is not lost. While its record is damaged, those that the index
  /// leaves to the log are missing: it has only what the event was the first to name. By that all
  /// is reached from the tips.
  Positions parents(long position) {
    var entry = inTail(position);
    if (entry != null) {
      return requireNonNull(entry.node()).parents();
    }
    var page = page(position);
    var parents = page.parentsInLog(position) ? inLog.read(this, position) : null;
    return parents == null ? requireNonNull(inPage(page, position)).parents() : parents;
  }

  /// The node, or null when the event was lost or not all of its parents can be read now.
  @Nullable Node whole(long position) {
    requirePosition(position);
    if (!parentsInLog(position)) {
      return node(position);
    }
    var parents = inLog.read(this, position);
    return parents == null ? null : node(position, () -> parents);
  }

  /// The uuid, or null when the event was lost.
  @Nullable EventId id(long position) {
    requirePosition(position);
    var entry = inTail(position);
    if (entry != null) {
      return entry.node() == null ? null : entry.node().id();
    }
    return page(position).id(position);
  }

  /// Address of the record that holds the event.
  long address(long position) {
    requirePosition(position);
    var entry = inTail(position);
    return entry != null ? entry.address() : page(position).address(position);
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
        tips.present = ChainEnds.after(this::whole, tips.present, node);
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
    long prefixFrom = IdEntries.prefix(from.a());
    long begin = list.floor(list.bucket(prefixFrom));
    var end = list.keyEnd();
    try (var rows = moment.rows(Family.LISTS, list.pageKeyFrom(begin))) {
      for (; rows.valid() && Arrays.compareUnsigned(rows.key(), end) < 0; rows.next()) {
        var page = rows.value();
        for (int i = 0; i < list.entries(page); i++) {
          long prefix = list.prefixAt(page, i);
          if (prefix > prefixTo) {
            return found;
          }
          if (prefix >= prefixFrom) {
            addBetween(found, id(list.positionAt(page, i)), from, to);
          }
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
