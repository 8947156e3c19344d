package io.sennit.sync;

import io.sennit.event.EventId;
import java.util.List;

/// What a machine says of its durable DAG at one moment.
///
/// @param count number of events
/// @param digest SHA-256 over the raw uuids of all tips, ascending
/// @param tips up to 64 tips, ascending; all of them when there are no more than 64, none otherwise
/// @param tipsTotal how many tips there are
public record Frontier(long count, EventId digest, List<EventId> tips, long tipsTotal) {
  /// Most tips that are named one by one.
  public static final int TIPS_MAX = 64;

  /// Copies the list.
  public Frontier {
    tips = List.copyOf(tips);
  }

  /// Whether somebody who speaks of so many events with this digest speaks of the same.
  public boolean is(long otherCount, EventId otherDigest) {
    return count == otherCount && digest.equals(otherDigest);
  }

  /// Whether the tips are named.
  public boolean named() {
    return tips.size() == tipsTotal;
  }
}
