package io.sennit.machine;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.List;

/// How the machine is, at one moment.
///
/// @param why why the machine is read-only, or empty
/// @param events number of durable events, R included
/// @param tips durable tips, ascending
/// @param digest SHA-256 over the raw uuids of the tips
/// @param orphans events that wait for ancestors
/// @param inFlight events on their way to the disk
/// @param damaged events that cannot be read here and are wanted from peers
/// @param width how wide the DAG is and how fast it grows
/// @param peers sessions that are up, by link number
public record Status(
    Mode mode,
    String why,
    long events,
    List<EventId> tips,
    EventId digest,
    int orphans,
    int inFlight,
    int damaged,
    Width width,
    List<Peer> peers) {
  /// Copies the lists.
  public Status {
    tips = List.copyOf(tips);
    peers = List.copyOf(peers);
  }

  /// One session.
  ///
  /// @param state one word of the session's chart
  /// @param behind how many events the peer was last known to hold more than we, at least
  /// @param takesNothing why the peer takes no events now, or empty
  public record Peer(
      int peer, MachineId machine, String listen, String state, long behind, String takesNothing) {}
}
