package io.sennit.dag;

import io.sennit.event.Event;

/// An event with its place: what is handed to the store.
public record Placed(Node node, Event event) {
  /// Shorthand for the node's position.
  public long position() {
    return node.position();
  }
}
