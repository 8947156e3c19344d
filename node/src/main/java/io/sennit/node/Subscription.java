package io.sennit.node;

/// A reader that is being served.
public interface Subscription extends AutoCloseable {
  /// The last position that was handed over.
  long position();

  /// Waits for the call that is under way and ends the subscription.
  @Override
  void close();
}
