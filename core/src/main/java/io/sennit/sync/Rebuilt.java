package io.sennit.sync;

import io.sennit.event.Event;
import io.sennit.event.EventReader;
import io.sennit.event.Limits;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import io.sennit.event.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bodies of a message, read and put together to runs by their seals, up to the first faulty
/// one.
final class Rebuilt {
  private final List<Run> runs = new ArrayList<>();
  private final List<Event> open = new ArrayList<>();
  private @Nullable Rejection fault;

  /// The event with this body, or null when something is wrong by now: then the rest is of no use.
  @Nullable Event add(byte[] body) {
    return switch (EventReader.read(body)) {
      case EventReader.Reading.Refused(var rejection) -> {
        fault = rejection;
        yield null;
      }
      case EventReader.Reading.Read(var event) -> {
        open.add(event);
        if (event.sealed() || open.size() > Limits.RUN_EVENTS_MAX) {
          endRun();
        }
        yield event;
      }
    };
  }

  private void endRun() {
    switch (Run.of(open)) {
      case Run.Forming.Refused(var rejection) -> fault = rejection;
      case Run.Forming.Formed(var run) -> runs.add(run);
    }
    open.clear();
  }

  boolean faulty() {
    return fault != null;
  }

  /// What became of them all.
  Message.Give give() {
    if (fault == null && !open.isEmpty()) {
      fault = new Rejection(Reason.MALFORMED_RUN, "the last run is cut short");
    }
    return new Message.Give(runs, Optional.ofNullable(fault));
  }
}
