package io.sennit.node;

/// What a machine has written to its disk since it was opened.
///
/// @param own events of this machine
/// @param received events of other machines
/// @param syncs writes that ended with an fsync; each took whatever waited
/// @param syncNanos how long they took together
public record Traffic(long own, long received, long syncs, long syncNanos) {
  /// Before anything was written.
  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /// With one more write.
  Traffic plus(long ownMore, long receivedMore, long nanos) {
    return new Traffic(own + ownMore, received + receivedMore, syncs + 1, syncNanos + nanos);
  }
}
