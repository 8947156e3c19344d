package io.sennit.node;

import io.sennit.event.MachineId;
import java.math.BigInteger;
import java.util.Comparator;

/// A machine as one process runs it. A directory that was copied and runs twice is one machine in
/// two instances: both may be linked at once, so that what either writes reaches the others.
///
/// @param serial drawn at random when the process opened the machine; its certificate carries it
record Instance(MachineId machine, BigInteger serial) implements Comparable<Instance> {
  private static final Comparator<Instance> ORDER =
      Comparator.comparing(Instance::machine).thenComparing(Instance::serial);

  @Override
  public int compareTo(Instance other) {
    return ORDER.compare(this, other);
  }
}
