package io.sennit.simulator.large;

/// A federation of up to a million machines, from the first join to the last proof of equality.
public final class Rehearsal {
  private Rehearsal() {}

  /// Runs the plan to its end, in the calling thread.
  ///
  /// @param progress is told how far it is
  public static Summary run(Plan plan, Progress progress) {
    throw new UnsupportedOperationException(plan + " for " + progress);
  }
}
