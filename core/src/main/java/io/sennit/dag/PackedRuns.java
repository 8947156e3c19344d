package io.sennit.dag;

import io.sennit.event.EventId;
import io.sennit.event.Stripped;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// Whole runs at neighbouring positions, as a store keeps them: what can be sent without taking the
/// events apart. `docs/protocol.md` has the table of the block.
///
/// @param events how many
/// @param sizeBytes of their bodies, rebuilt
/// @param outside parents that stand before the first event, the nearest first
/// @param blockSizeBytes size of the block once decompressed
/// @param block compressed with zstd when that made it smaller. Shared: do not write to it
@SuppressWarnings("ArrayRecordComponent") // on its way from the disk to a link; never compared
public record PackedRuns(
    int events, long sizeBytes, List<Outside> outside, int blockSizeBytes, byte[] block) {

  /// Larger ones, rebuilt, are not packed.
  public static final long SIZE_BYTES_MAX = 4L * 1024 * 1024;

  /// More parents outside are not packed.
  public static final int OUTSIDE_MAX = 1024;

  /// A parent that stands before the first event.
  ///
  /// @param behind by how many positions; 1 for the one just before
  public record Outside(long behind, EventId id) {}

  /// Copies the list.
  public PackedRuns {
    outside = List.copyOf(outside);
  }

  /// Whether the block is compressed.
  public boolean compressed() {
    return block.length < blockSizeBytes;
  }

  /// Packs these, uncompressed.
  ///
  /// @param runs whole, at neighbouring positions
  /// @param ids uuids by position
  public static PackedRuns of(List<Placed> runs, LongFunction<EventId> ids) {
    var known = new Numbers();
    var bodies = new ByteArrayOutputStream();
    var outside = new TreeMap<Long, EventId>();
    long first = runs.getFirst().position();
    long height = -1;
    long sizeBytes = 0;
    for (var placed : runs) {
      long step = placed.node().height() - height - 1;
      known.putNumber(step << 1 ^ step >> 63);
      height = placed.node().height();
      var parents = placed.node().parents();
      Distances.write(known, placed.position(), parents);
      parents.stream()
          .filter(parent -> parent < first)
          .forEach(parent -> outside.put(first - parent, ids.apply(parent)));
      var event = placed.event();
      known.putNumber(Stripped.parentsAt(event));
      known.putNumber(Stripped.length(event));
      Stripped.write(event, (bytes, from, to) -> bodies.write(bytes, from, to - from));
      sizeBytes += event.body().length;
    }
    known.writeBytes(bodies.toByteArray());
    var behind = outside.entrySet().stream().map(e -> new Outside(e.getKey(), e.getValue()));
    return new PackedRuns(
        runs.size(), sizeBytes, behind.toList(), known.size(), known.toByteArray());
  }

  /// Bytes of varints.
  private static final class Numbers extends ByteArrayOutputStream implements Distances.Sink {
    @Override
    public void putNumber(long number) {
      long rest = number;
      while ((rest & ~0x7fL) != 0) {
        write((int) (rest | 0x80));
        rest >>>= 7;
      }
      write((int) rest);
    }

    @Override
    public void putOctet(int octet) {
      write(octet);
    }
  }
}
