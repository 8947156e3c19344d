package io.sennit.overlay;

import io.sennit.event.MachineId;

/// What one must know of a machine to link with it.
///
/// @param machine who answers there
/// @param address where to dial, in the driver's words; empty: it can only dial out
/// @param capacity how many links it carries
/// @param coordinate where it stood when this was said
public record Contact(MachineId machine, String address, Capacity capacity, Coordinate coordinate) {
  /// No address is longer, in characters.
  public static final int ADDRESS_LENGTH_MAX = 255;

  /// Can anybody dial it?
  public boolean dialable() {
    return !address.isEmpty();
  }
}
