package io.sennit.dag;

import io.sennit.event.Event;
import org.jspecify.annotations.Nullable;

/// An event with its place: what is handed to the store.
///
/// @param receipt of the request that this event is the first of, if the request has a key
public record Placed(Node node, Event event, @Nullable Receipt receipt) {
  /// Without a receipt.
  public Placed(Node node, Event event) {
    this(node, event, null);
  }

  /// Shorthand for the node's position.
  public long position() {
    return node.position();
  }
}
