package io.sennit.node;

import io.sennit.event.Event;
import io.sennit.event.Limits;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts a stream of whole events together to runs again: a machine's events without seal wait for
/// the one that carries it.
public final class Runs {
  private final Map<MachineId, List<Event>> open = new HashMap<>();

  /// Takes the next event of the stream.
  ///
  /// @return the run that it ends, if it does
  /// @throws SennitException when its machine's events up to here are no run
  public Optional<Run> add(Event event) {
    var events = open.computeIfAbsent(event.machine(), _ -> new ArrayList<>());
    events.add(event);
    if (!event.sealed() && events.size() < Limits.RUN_EVENTS_MAX) {
      return Optional.empty();
    }
    open.remove(event.machine());
    return switch (Run.of(events)) {
      case Run.Forming.Formed(var run) -> Optional.of(run);
      case Run.Forming.Refused(var rejection) ->
          throw new SennitException(SennitException.Kind.INVALID, rejection.toString());
    };
  }

  /// Events that still wait for their seal.
  public long waiting() {
    return open.values().stream().mapToLong(List::size).sum();
  }
}
