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
    var knownPositions = known.stream().mapToLong(head::position).filter(p -> p != 0).toArray();
    long highest = Arrays.stream(knownPositions).max().orElse(0);
    if (highest == knownCount && highest > 0) {
      return LongStream.rangeClosed(highest + 1, head.durable()).toArray();
    }
    var mine = head.durableTips().stream().mapToLong(head::position).toArray();
    return Ancestry.difference(head, Positions.of(mine), Positions.of(knownPositions));
  }
}
