package io.sennit.simulator.large;

/// One entry of the [Wheel] in 64 bits: what kind, for which machine, and a handle.
final class Entry {
  /// A frame arrives. Handle, as of all that is posted: of the frame.
  static final int FRAME = 0;

  /// Somebody dials the machine. Link: the end at the dialler, which is the word.
  static final int DIALLED = 1;

  /// A dial of the machine was taken. Link: its own end. Word: the end at the other side.
  static final int ACCEPTED = 2;

  /// A dial of the machine came to nothing. Link: its own end. Word: whom it dialled.
  static final int REFUSED = 3;

  /// The machine finds that a link carries no longer. Link: its end.
  static final int DOWN = 4;

  /// The other side says that the link is at its end. Link: the machine's end.
  static final int ENDED = 5;

  private static final int POSTED_MAX = ENDED;

  /// Handle: which alarm.
  static final int ALARM = 6;

  /// The machine begins.
  static final int START = 7;

  /// The machine crashes, if machines come and go at present. Handle: 1 if in silence.
  static final int CHURN = 8;

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

  /// Whether entries of this kind come by [Sector#post], so that their handle is that of a frame.
  static boolean isPosted(int kind) {
    return kind <= POSTED_MAX;
  }
}
