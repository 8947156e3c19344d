package io.sennit.app.door;

import io.sennit.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// What commands ask of a machine, be it opened in this process or a daemon elsewhere.
public interface Door extends AutoCloseable {
  /// An event as it stands here.
  ///
  /// @param event the whole event as JSON
  record Line(long position, long height, String event) {}

  /// A request that was refused. The message says what to do.
  final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status what HTTP calls it
    public RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }

    /// The HTTP status.
    public int status() {
      return status;
    }
  }

  /// Says several things, all or none; answers the whole events in order.
  List<Line> append(List<String> objects);

  /// Says several things, all or none, and only once: asked again with the same key it answers the
  /// same events, and stores nothing.
  ///
  /// @param key 1 to 255 characters from space to `~`
  /// @throws RefusedException when the key was used for other objects
  List<Line> appendOnce(String key, List<String> objects);

  /// Hands in whole events, runs together, parents before children.
  void offer(List<Event> events);

  /// Appends like [#append], those of later calls later; completes once they are durable.
  CompletableFuture<Void> appendSoon(List<String> objects);

  /// Offers like [#offer], those of later calls later; completes once they are durable.
  CompletableFuture<Void> offerSoon(List<Event> events);

  /// Shows events in local arrival order until `reader` has enough.
  ///
  /// @param after exclusive, from 0
  void read(long after, Predicate<Line> reader);

  /// The highest events by height, descending, then by uuid, ascending: the same on every machine
  /// that holds the same, children before parents.
  List<Line> top(int limit);

  /// The event whose uuid begins with this, if there is exactly one.
  ///
  /// @throws RefusedException when several do, or the prefix is none
  Optional<Line> find(String prefix);

  /// The members of `GET /v1/status`.
  String status();

  /// Keeps a connection to the machine at this address.
  void connect(String address);

  /// Hangs up on the machine at this address and refuses it.
  ///
  /// @return whether the address was known
  boolean disconnect(String address);

  @Override
  void close();
}
