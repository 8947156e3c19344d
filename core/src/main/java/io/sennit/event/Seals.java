package io.sennit.event;

/// Checks seals. The verdict is the same on every machine, whatever library gives it:
/// `docs/event-format.md` says which signatures count.
public interface Seals {
  /// Whether `seal` is the machine's signature over `message`.
  ///
  /// @param seal 64 bytes
  boolean valid(MachineId machine, byte[] message, byte[] seal);
}
