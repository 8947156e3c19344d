package io.sennit.recording;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Signer;
import java.util.List;

/// Where a part begins: with a machine that begins.
///
/// @param root R
/// @param machine whose machine it is
/// @param seed of every random choice
/// @param count number of events the store held
/// @param tips of the store, ascending
/// @param why it begins here, for people
/// @param answers what the machine was told while it was made
/// @param asked hash of what it asked meanwhile
public record Beginning(
    Root root,
    MachineId machine,
    long seed,
    long count,
    List<EventId> tips,
    String why,
    List<Answer> answers,
    long asked) {
  /// Copies the lists.
  public Beginning {
    tips = List.copyOf(tips);
    answers = List.copyOf(answers);
  }

  /// Of a machine that was made just now.
  ///
  /// @param heard what the witness heard while it was made
  public static Beginning of(
      Root root,
      Signer signer,
      long seed,
      long count,
      List<EventId> tips,
      String why,
      Witness.Heard heard) {
    return new Beginning(
        root, signer.machine(), seed, count, tips, why, heard.answers(), heard.asked());
  }
}
