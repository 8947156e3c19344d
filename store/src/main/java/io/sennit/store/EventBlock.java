package io.sennit.store;

import io.sennit.dag.Distances;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.EventId;
import io.sennit.event.Stripped;
import io.sennit.store.ByteSource.Malformed;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The events of one record: first what is known of each, then their bodies without the text of
/// their parents. `docs/store.md` has the table.
final class EventBlock {
  private final byte[] bytes;
  private final long firstPosition;
  private final long[] heights;
  private final Positions[] parents;
  private final int[] parentsAt;

  /// Body of event i: from `bodies[i]` to `bodies[i + 1]`.
  private final int[] bodies;

  private EventBlock(byte[] bytes, long firstPosition, int count) {
    this.bytes = bytes;
    this.firstPosition = firstPosition;
    this.heights = new long[count];
    this.parents = new Positions[count];
    this.parentsAt = new int[count];
    this.bodies = new int[count + 1];
  }

  static byte[] encode(List<Placed> events) {
    var known = new ByteSink(events.size() * 12);
    var bodies = new ByteSink(events.size() * 300);
    long height = -1;
    for (var placed : events) {
      var node = placed.node();
      var event = placed.event();
      known.zigzag(node.height() - height - 1);
      height = node.height();
      Distances.write(known, node.position(), node.parents());
      known.varint(Stripped.parentsAt(event)).varint(Stripped.length(event));
      Stripped.write(event, bodies::bytes);
    }
    return new ByteSink(known.size() + bodies.size())
        .bytes(known.shared(), 0, known.size())
        .bytes(bodies.shared(), 0, bodies.size())
        .toBytes();
  }

  static Positions readParents(ByteSource source, long position) throws Malformed {
    var parents = Distances.read(source);
    for (int i = 0; i < parents.length; i++) {
      if (parents[i] == 0 || parents[i] >= position) {
        throw new Malformed("a parent that stands nowhere before position " + position);
      }
      parents[i] = position - parents[i];
    }
    return Positions.of(parents);
  }

  static EventBlock decode(LogRecord record) {
    try {
      var block = new EventBlock(record.block(), record.firstPosition(), record.count());
      block.read();
      return block;
    } catch (Malformed e) {
      throw new StoreException(
          "the record at %s is whole but makes no sense: %s"
              .formatted(LogAddress.toString(record.address()), e.getMessage()));
    }
  }

  /// The record as it is, with what must be known to send it; null when it is too large to be sent
  /// whole, or a parent's uuid is not known.
  ///
  /// @param ids uuids by position, null where unknown
  static @Nullable PackedRuns packed(LogRecord record, LongFunction<@Nullable EventId> ids) {
    var block = record.block();
    var outside = new TreeMap<Long, EventId>();
    long sizeBytes = 0;
    try {
      var source = new ByteSource(block);
      for (int i = 0; i < record.count(); i++) {
        source.zigzag();
        var parents = Distances.read(source);
        for (long distance : parents) {
          long behind = distance - i;
          if (behind > 0 && !outside.containsKey(behind)) {
            var id = ids.apply(record.firstPosition() - behind);
            if (id == null || outside.size() == PackedRuns.OUTSIDE_MAX) {
              return null;
            }
            outside.put(behind, id);
          }
        }
        source.varint();
        sizeBytes += source.varint(0, block.length) + Stripped.textLength(parents.length);
      }
    } catch (Malformed e) {
      return null; // whoever reads it event by event finds out what is wrong
    }
    return sizeBytes > PackedRuns.SIZE_BYTES_MAX
        ? null
        : new PackedRuns(
            record.count(),
            sizeBytes,
            outside.entrySet().stream()
                .map(each -> new PackedRuns.Outside(each.getKey(), each.getValue()))
                .toList(),
            block.length,
            record.payload());
  }

  private void read() throws Malformed {
    var source = new ByteSource(bytes);
    long height = -1;
    for (int i = 0; i < heights.length; i++) {
      height += source.zigzag() + 1;
      heights[i] = height;
      parents[i] = readParents(source, firstPosition + i);
      parentsAt[i] = source.varint(0, bytes.length);
      bodies[i + 1] = source.varint(parentsAt[i], bytes.length);
    }
    bodies[0] = source.at();
    for (int i = 0; i < heights.length; i++) {
      bodies[i + 1] += bodies[i];
    }
    if (bodies[heights.length] != bytes.length) {
      throw new Malformed("its bodies do not fill it");
    }
  }

  int count() {
    return heights.length;
  }

  long firstPosition() {
    return firstPosition;
  }

  boolean contains(long position) {
    return position >= firstPosition && position < firstPosition + heights.length;
  }

  int sizeBytes() {
    return bytes.length;
  }

  long height(long position) {
    return heights[index(position)];
  }

  Positions parents(long position) {
    return parents[index(position)];
  }

  private int index(long position) {
    return (int) (position - firstPosition);
  }

  /// The body, whole again.
  ///
  /// @param parentIds ascending
  byte[] body(long position, List<EventId> parentIds) {
    int i = index(position);
    return Stripped.restore(bytes, bodies[i], bodies[i + 1] - bodies[i], parentsAt[i], parentIds);
  }
}
