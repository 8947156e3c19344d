package io.sennit.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Lets several contestants take turns, so that a disk or processor that others use disturbs all of
/// them alike.
///
/// ```text
///   warm-up: A B C    round 1: B C A    round 2: C A B    …
/// ```
final class Rounds {
  /// What a contestant does when it is its turn.
  interface Turn {
    void take(Tally tally) throws Exception;
  }

  /// Somebody who takes part.
  ///
  /// @param needed whether the measurement is worth nothing without it
  record Contestant(String name, boolean needed, Turn turn) {
    static Contestant sennit(String name, Turn turn) {
      return new Contestant(name, true, turn);
    }

    static Contestant peer(String name, Turn turn) {
      return new Contestant(name, false, turn);
    }
  }

  /// What they found.
  ///
  /// @param failed why some did not finish, by name
  record Found(Tally tally, Map<String, String> failed) {}

  private final String name;
  private final int rounds;

  Rounds(String name, int rounds) {
    this.name = name;
    this.rounds = rounds;
  }

  /// One round that does not count, for the compilers and caches, then those that do.
  Found alternate(List<Contestant> contestants) {
    var tally = new Tally();
    var failed = new TreeMap<String, String>();
    var left = new ArrayList<>(contestants);
    for (int round = 0; round <= rounds; round++) {
      for (var contestant : List.copyOf(left)) {
        System.err.printf("  %s, round %d of %d: %s%n", name, round, rounds, contestant.name());
        try {
          contestant.turn().take(tally);
        } catch (Exception e) {
          if (contestant.needed()) {
            throw new IllegalStateException(contestant.name() + " failed in " + name, e);
          }
          System.err.printf("  %s goes no further: %s%n", contestant.name(), e);
          failed.put(contestant.name(), String.valueOf(e.getMessage()));
          left.remove(contestant);
        }
      }
      if (round == 0) {
        tally.forget();
      }
      Collections.rotate(left, -1);
    }
    return new Found(tally, failed);
  }
}
