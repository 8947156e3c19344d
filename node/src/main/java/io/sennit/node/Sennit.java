package io.sennit.node;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A machine of a federation, embedded in this process.
///
/// Its methods may be called by any thread. Futures complete once the events are durable here, or
/// fail with a [SennitException].
public final class Sennit implements AutoCloseable {
  private Sennit() {}

  /// Founds a federation: makes a directory with a fresh key and a root R.
  ///
  /// @return the whole R
  public static Event init(Path directory, String federation) {
    throw new UnsupportedOperationException();
  }

  /// Enters a federation: makes a directory with a fresh key and the ticket's R. Works offline.
  ///
  /// @return the whole R
  public static Event join(Path directory, Ticket ticket) {
    throw new UnsupportedOperationException();
  }

  /// Opens the machine in this directory. It neither listens nor dials until told to.
  public static Sennit open(Path directory) {
    throw new UnsupportedOperationException();
  }

  /// Takes peers' connections here; port 0 picks a free one. Answers the address in use.
  public Address listen(Address address) {
    throw new UnsupportedOperationException();
  }

  /// Keeps a connection to the machine at this address: dials, and dials again when it breaks.
  /// Lifts an earlier [#disconnect].
  public void connect(Address address) {
    throw new UnsupportedOperationException();
  }

  /// Hangs up and refuses that peer, by the machine key behind the address, in both directions and
  /// across restarts, until the next [#connect].
  ///
  /// @return whether the address was known
  public boolean disconnect(Address address) {
    throw new UnsupportedOperationException();
  }

  /// Dials again whom the ticket and the address book name, except those disconnected.
  public void connectKnownPeers() {
    throw new UnsupportedOperationException();
  }

  /// A ticket for another machine: R, this machine's key, and addresses at which it is reached.
  public Ticket invite(List<Address> addresses) {
    throw new UnsupportedOperationException();
  }

  /// Says one thing: any JSON object.
  public CompletableFuture<Entry> append(String json) {
    throw new UnsupportedOperationException();
  }

  /// Says several things, all or none, one after the other.
  public CompletableFuture<List<Entry>> append(List<String> jsons) {
    throw new UnsupportedOperationException();
  }

  /// Hands in whole runs that were made elsewhere; completes when all of them are durable here.
  /// Known ones count as done.
  public CompletableFuture<List<Entry>> offer(List<Run> runs) {
    throw new UnsupportedOperationException();
  }

  /// Number of durable events.
  public long count() {
    throw new UnsupportedOperationException();
  }

  /// The event at this position, if there is one.
  public Optional<Entry> get(long position) {
    throw new UnsupportedOperationException();
  }

  /// The event with this uuid, if it is here.
  public Optional<Entry> get(EventId id) {
    throw new UnsupportedOperationException();
  }

  /// Up to `limit` ids that begin with these hexadecimal digits, ascending.
  public List<EventId> find(String prefix, int limit) {
    throw new UnsupportedOperationException();
  }

  /// The durable tips, ascending.
  public List<EventId> tips() {
    throw new UnsupportedOperationException();
  }

  /// Calls `reader` with every event after this position, one by one, in local arrival order, on a
  /// thread of its own; parents come before children. A slow reader delays only itself.
  public Subscription subscribe(long after, Consumer<Entry> reader) {
    throw new UnsupportedOperationException();
  }

  /// How this machine is.
  public NodeStatus status() {
    throw new UnsupportedOperationException();
  }

  /// Hangs up, finishes what was being written, and closes the store.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
