package io.sennit.simulator.large;

/// Is told, a few times in a second of real time, how far a rehearsal is.
@FunctionalInterface
public interface Progress {
  /// Nobody wants to know.
  Progress NONE = (_, _, _) -> {};

  /// The rehearsal is so far now.
  ///
  /// @param phase one word or two: `join`, `settle`, `quiet`, `write`, `crash`, `write again`,
  ///   `agree`
  /// @param share of this phase that is done, 0 to 1
  /// @param seconds pretended seconds since the beginning
  void at(String phase, double share, double seconds);
}
