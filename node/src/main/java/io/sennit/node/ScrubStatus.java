package io.sennit.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a running machine is with reading its log again.
///
/// @param events of the present pass, or of the last one while it rests
/// @param done how many of them it has looked at
/// @param checkedTotal events looked at since the machine was opened
/// @param passes that came to their end since then
/// @param lastPass when the last of them did, or null
public record ScrubStatus(
    long events, long done, long checkedTotal, long passes, @Nullable Instant lastPass) {
  static final ScrubStatus NONE = new ScrubStatus(0, 0, 0, 0, null);

  /// How much of the pass is done, from 0 to 1.
  public double progress() {
    return events == 0 ? 0 : (double) done / events;
  }

  ScrubStatus begun(long eventsNow) {
    return new ScrubStatus(eventsNow, 0, checkedTotal, passes, lastPass);
  }

  ScrubStatus checked(long more) {
    return new ScrubStatus(events, done + more, checkedTotal + more, passes, lastPass);
  }

  ScrubStatus ended(Instant now) {
    return new ScrubStatus(events, done, checkedTotal, passes + 1, now);
  }
}
