package io.sennit.sync;

import io.sennit.dag.Ancestry;
import io.sennit.dag.Head;
import io.sennit.dag.Positions;
import io.sennit.event.EventId;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/// What one side holds and the other lacks.
public final class Difference {
  private Difference() {}

  /// Positions of the durable events that are not ancestors of, or among, the `known` ones.
  ///
  /// @param known events that the other side holds; unknown ones are passed over
  /// @param knownCount how many events the other side holds, if those are exactly the ancestors of
  ///   `known`; otherwise 0. A set closed under parents whose highest position equals its size is a
  ///   prefix of the log, and needs no walk.
  /// @return ascending: parents before children
  public static long[] from(Head head, Collection<EventId> known, long knownCount) {
    var knownPositions = positions(head, known);
    long highest = Arrays.stream(knownPositions).max().orElse(0);
    if (highest == knownCount && highest > 0) {
      return LongStream.rangeClosed(highest + 1, head.durable()).toArray();
    }
    return Ancestry.difference(head, durableTips(head), Positions.of(knownPositions));
  }

  /// The same against a machine of which not all tips are here. Exact, unless fingerprints collide
  /// or an author forked its chain unnoticed.
  static long[] above(Head head, Coverage covered, Snapshot theirs) {
    var known = Positions.of(positions(head, theirs.frontier().tips()));
    return Ancestry.difference(head, durableTips(head), known, covered);
  }

  private static long[] positions(Head head, Collection<EventId> ids) {
    return ids.stream().mapToLong(head::position).filter(position -> position != 0).toArray();
  }

  private static Positions durableTips(Head head) {
    return Positions.of(head.durableTips().stream().mapToLong(head::position).toArray());
  }
}
