package io.sennit.recording;

import io.sennit.machine.Input;
import java.util.List;

/// One input of a machine, and what came of it.
///
/// @param number counts from 1 in each part
/// @param nowNanos the monotonic time that the machine was given
/// @param answers what its store and its signer told it meanwhile, in order
/// @param asked hash of what it asked them
/// @param said the first 64 bits of a SHA-256 over all that it said
public record Step(
    long number, long nowNanos, Input input, List<Answer> answers, long asked, long said) {
  /// Copies the list.
  public Step {
    answers = List.copyOf(answers);
  }
}
