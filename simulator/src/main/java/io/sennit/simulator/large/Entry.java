package io.sennit.simulator.large;

/// One entry of the [Wheel] in 64 bits: what kind, for which machine, and a handle.
final class Entry {
  /// Handle: of the frame that arrives.
  static final int FRAME = 0;

  /// Handle: which alarm.
  static final int ALARM = 1;

  /// A dial comes to its end. Handle: the machine that was dialled.
  static final int DIALLED = 2;

  /// The machine cannot be reached. Handle: the machine that was dialled.
  static final int UNREACHABLE = 3;

  /// Handle: the link that ends.
  static final int DOWN = 4;

  /// The machine begins.
  static final int START = 5;

  /// The machine crashes. Handle: 1 if in silence.
  static final int CRASH = 6;

  /// The machine crashes, if machines come and go at present. Handle: likewise.
  static final int CHURN = 7;

  private static final int KIND_BITS = 4;
  private static final int MACHINE_MASK = (1 << (32 - KIND_BITS)) - 1;

  private Entry() {}

  static long of(int kind, int machine, int handle) {
    return ((long) kind << 60) | ((long) machine << 32) | (handle & 0xFFFFFFFFL);
  }

  static int kind(long entry) {
    return (int) (entry >>> 60);
  }

  static int machine(long entry) {
    return (int) (entry >>> 32) & MACHINE_MASK;
  }

  static int handle(long entry) {
    return (int) entry;
  }
}
