package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import java.util.List;

/// One machine of the federation: holds the DAG, and decides.
///
/// One thread calls it. The same inputs with the same times give the same outputs on every machine.
public final class Machine {
  /// Begins in mode `loading`; the first input is [Input.Loaded].
  ///
  /// @param store holds R at position 1, and changes only between two calls of [#handle]
  /// @param seed of every random choice
  /// @param listen `host:port` at which this machine can be dialled, or empty when it cannot
  public Machine(
      EventStore store, Root root, Signer signer, Seals seals, long seed, String listen) {
    throw new UnsupportedOperationException();
  }

  /// What to do about what happened.
  ///
  /// @param nowNanos monotonic, never less than in the call before
  public List<Output> handle(Input input, long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// How it is now.
  public Status status() {
    throw new UnsupportedOperationException();
  }
}
