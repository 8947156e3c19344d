package io.sennit.dag;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;

/// An event's place in the graph, without its bytes.
///
/// @param position local arrival order, from 1, R
/// @param height 1 + the highest parent height; 0 for R
/// @param sealed whether the event carries a signature
/// @param sizeBytes bytes hashed for its uuid
/// @param parents positions of its parents, all lower than `position`
public record Node(
    long position,
    EventId id,
    long height,
    MachineId machine,
    boolean sealed,
    int sizeBytes,
    Positions parents) {
  /// Where it stands in the order that is the same on every machine.
  public Key key() {
    return new Key(height, id);
  }

  /// The same place with these parents.
  public Node with(Positions others) {
    return new Node(position, id, height, machine, sealed, sizeBytes, others);
  }
}
