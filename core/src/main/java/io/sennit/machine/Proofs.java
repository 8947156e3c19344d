package io.sennit.machine;

import io.sennit.event.MachineId;
import io.sennit.sync.Frontier;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What we and each of our last peers held when both last proved that they hold the same.
///
/// It makes greetings short and is never relied on: a machine that has forgotten, because it was
/// started again or has met too many others since, greets at length.
final class Proofs {
  /// So many machines are remembered, those that proved last: more than one meets by choice.
  static final int MACHINES_MAX = 256;

  private final LinkedHashMap<MachineId, Frontier> last = new LinkedHashMap<>();

  void proven(MachineId machine, Frontier both) {
    last.putLast(machine, both);
    if (last.size() > MACHINES_MAX) {
      last.pollFirstEntry();
    }
  }

  Optional<Frontier> with(MachineId machine) {
    return Optional.ofNullable(last.get(machine));
  }
}
