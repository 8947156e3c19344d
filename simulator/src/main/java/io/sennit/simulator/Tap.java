package io.sennit.simulator;

import io.sennit.dag.EventStore;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import java.util.List;

/// Stands between a site and its machine: it may listen, and changes nothing.
interface Tap {
  /// A site starts a machine.
  default Machine begin(
      int site, EventStore store, Root root, Signer signer, Seals seals, long seed) {
    return new Machine(store, root, signer, seals, seed);
  }

  /// The machine of a site deals with an input.
  default List<Output> handle(int site, Machine machine, Input input, long nowNanos) {
    return machine.handle(input, nowNanos);
  }
}
