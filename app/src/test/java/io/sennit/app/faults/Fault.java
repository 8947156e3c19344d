package io.sennit.app.faults;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/// A harm, and the check that nothing was lost by it.
interface Fault {
  /// As `scripts/faults` calls it.
  String name();

  /// How the harm is done.
  String how();

  /// What must be true afterwards.
  String promise();

  /// Why it cannot be done on this computer, if it cannot.
  default Optional<String> impossible() {
    return Optional.empty();
  }

  /// How often in every check.
  int roundsInCheck();

  /// Does it so often, in an empty folder, and fails by throwing when the promise is broken.
  ///
  /// @return what was counted, in words
  String run(Path folder, SplittableRandom random, int rounds) throws Exception;
}
