package io.sennit.simulator;

import java.io.Serial;

/// A machine that replays a recording does something else than the machine that was recorded.
public final class DifferenceException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final long step;

  /// @param step 0 while the machine is made
  DifferenceException(long step, String what) {
    super("step " + step + ": " + what);
    this.step = step;
  }

  DifferenceException(long step, String what, Throwable cause) {
    super("step " + step + ": " + what, cause);
    this.step = step;
  }

  /// At which step.
  public long step() {
    return step;
  }
}
