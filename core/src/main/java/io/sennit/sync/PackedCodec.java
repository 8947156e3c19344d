package io.sennit.sync;

import io.sennit.dag.Distances;
import io.sennit.dag.PackedRuns;
import io.sennit.event.EventId;
import io.sennit.event.Stripped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;

/// Runs as a store keeps them: parents are named by how far behind they stand in the sender's log.
/// `docs/protocol.md` has the table.
///
/// Nothing rests on what the link carried before, and the sender takes no event apart. The receiver
/// rebuilds and hashes each as ever; heights, which the block has too, it works out by itself.
final class PackedCodec {
  private static final int OUTLINE_SIZE_BYTES_MIN = 4;
  private static final int OUTSIDE_SIZE_BYTES = 1 + EventId.SIZE_BYTES;

  private PackedCodec() {}

  /// The block stands at the end as it is, compressed or not.
  static void encode(Wire.Writer out, PackedRuns runs) {
    out.number(runs.events());
    out.list(runs.outside(), each -> out.number(each.behind()).id(each.id()));
    out.raw(runs.block(), 0, runs.block().length);
  }

  static Message.Give decode(Wire.Reader in) throws Wire.MalformedException {
    long count = in.number();
    var outside = new HashMap<Long, EventId>();
    for (var each : in.list(OUTSIDE_SIZE_BYTES, () -> outside(in))) {
      outside.put(each.behind(), each.id());
    }
    in.require(Math.multiplyExact(Math.min(count, Integer.MAX_VALUE), OUTLINE_SIZE_BYTES_MIN));
    var parents = new long[(int) count][];
    var parentsAt = new int[(int) count];
    var lengths = new int[(int) count];
    long rebuiltSizeBytes = 0;
    for (int i = 0; i < count; i++) {
      in.number(); // the height, as a difference
      parents[i] = parents(in, i);
      long at = in.number();
      long length = in.number();
      rebuiltSizeBytes += length + Stripped.textLength(parents[i].length);
      if (at > length
          || length > PackedRuns.SIZE_BYTES_MAX
          || rebuiltSizeBytes > PackedRuns.SIZE_BYTES_MAX) {
        throw new Wire.MalformedException(
            "packed events of more than " + PackedRuns.SIZE_BYTES_MAX + " bytes");
      }
      parentsAt[i] = (int) at;
      lengths[i] = (int) length;
    }
    var ids = new EventId[(int) count];
    var rebuilt = new Rebuilt();
    for (int i = 0; i < count && !rebuilt.faulty(); i++) {
      var named = new ArrayList<EventId>(parents[i].length);
      for (long parent : parents[i]) {
        var id = parent >= 0 ? ids[(int) parent] : outside.get(-parent);
        if (id == null) {
          throw new Wire.MalformedException("a parent that is not among those outside");
        }
        named.add(id);
      }
      Collections.sort(named);
      int from = in.skip(lengths[i]);
      var event = rebuilt.add(Stripped.restore(in.array(), from, lengths[i], parentsAt[i], named));
      if (event != null) {
        ids[i] = event.id();
      }
    }
    if (rebuilt.faulty()) {
      in.skipToEnd();
    }
    return rebuilt.give();
  }

  private static PackedRuns.Outside outside(Wire.Reader in) throws Wire.MalformedException {
    return new PackedRuns.Outside(in.number(), in.id());
  }

  /// Counted from the first event: negative before it.
  private static long[] parents(Wire.Reader in, int event) throws Wire.MalformedException {
    var parents = Distances.read(in);
    for (int i = 0; i < parents.length; i++) {
      if (parents[i] == 0) {
        throw new Wire.MalformedException("a parent that is no earlier event");
      }
      parents[i] = event - parents[i];
    }
    return parents;
  }
}
