package io.sennit.node;

/// A reader that is being served.
public interface Subscription extends AutoCloseable {
  /// The last position that was handed over.
  long position();

  /// Whether nothing is handed over any more: it was closed, or an event could not be read.
  boolean ended();

  /// Waits for the call that is under way and ends the subscription.
  @Override
  void close();
}
