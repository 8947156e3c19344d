package io.sennit.simulator.tips;

import io.sennit.machine.ParentRule;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses parents; [ParentRule#choose] in all but the tests of the tests.
public interface Choice {
  /// Of these tips, ascending.
  ParentRule.Choice<Integer> choose(
      List<Integer> tips, @Nullable Integer ownLast, RandomGenerator random);
}
