package io.sennit.machine;

import io.sennit.machine.Charts.Trigger;

/// The mode, moved along its chart, and why nothing is written while it is read-only.
final class Lifecycle {
  private Mode mode = Charts.LIFECYCLE.start();

  /// Whether somebody asked to stop the world and nobody to go on.
  private boolean fenced;

  private String why = "";
  private boolean full;
  private boolean failed;

  Mode mode() {
    return mode;
  }

  /// Moves if the chart has such an arrow; a trigger that means nothing in this mode is passed
  /// over.
  void trigger(Trigger trigger) {
    if (Charts.LIFECYCLE.allows(mode, trigger)) {
      mode = Charts.LIFECYCLE.next(mode, trigger);
    }
  }

  /// Stops the world, or lets it go on; a machine that is read-only remembers it for later.
  void fence(boolean on) {
    fenced = on;
    trigger(on ? Trigger.FENCE : Trigger.RESUME);
  }

  /// Why the machine is read-only, or empty.
  String why() {
    return why;
  }

  /// Whether more room is what it needs to write.
  boolean full() {
    return full;
  }

  /// No room for more.
  ///
  /// @return whether the mode changed
  boolean storeFull(String reason) {
    if (!Charts.LIFECYCLE.allows(mode, Trigger.STORE_FULL)) {
      return false;
    }
    trigger(Trigger.STORE_FULL);
    why = reason;
    full = true;
    return true;
  }

  /// Room for more, unless a write failed.
  ///
  /// @return whether the mode changed
  boolean storeRoom() {
    if (failed || !Charts.LIFECYCLE.allows(mode, Trigger.STORE_ROOM)) {
      return false;
    }
    trigger(Trigger.STORE_ROOM);
    why = "";
    full = false;
    if (fenced) {
      trigger(Trigger.FENCE);
    }
    return true;
  }

  void storeFailed(String reason, boolean noRoom) {
    trigger(Trigger.STORE_FAILED);
    why = reason;
    full = noRoom;
    failed = true;
  }
}
