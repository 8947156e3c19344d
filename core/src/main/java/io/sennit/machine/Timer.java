package io.sennit.machine;

/// What a timer is for. Setting a timer that is set moves it.
public sealed interface Timer {
  /// Prove again that this peer and we hold the same.
  record Prove(int peer) implements Timer {}

  /// Ask for what peers announced and nobody has given yet.
  record Ask() implements Timer {}

  /// Ask again for damaged events that nobody has given yet.
  record Heal() implements Timer {}

  /// See whether the parents of what this peer passed on have come by now.
  record Parents(int peer) implements Timer {}

  /// The overlay's one timer.
  record Overlay() implements Timer {}

  /// Let the remote runs that wait join the head.
  record Integrate() implements Timer {}
}
