package io.sennit.machine;

import io.sennit.machine.Charts.Trigger;

/// The mode, moved along its chart.
final class Lifecycle {
  private Mode mode = Charts.LIFECYCLE.start();

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
}
