package io.sennit.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which of the tips a new event takes as parents.
///
/// Strict, while there are few: all of them. Bounded, above: the machine's own last event always,
/// tip or not, so that its events stay one chain; and tips chosen uniformly at random. Never the
/// oldest and never the deepest: when every machine chooses alike, the same tips are left over by
/// all of them, for ever. `docs/relaxations.md` has what that costs, simulated with this class.
///
/// @param strictMax most tips of which all are taken
/// @param bounded parents of an event that cannot take all; at most as many as `strictMax`
public record ParentRule(int strictMax, int bounded) {
  /// The rule of every machine.
  public static final ParentRule SENNIT = new ParentRule(256, 32);

  /// Refuses bounds that some number of tips could not fill.
  public ParentRule {
    if (bounded < 1 || bounded > strictMax) {
      throw new IllegalArgumentException(bounded + " parents above " + strictMax + " tips");
    }
  }

  /// What was chosen.
  ///
  /// @param parents ascending
  /// @param tips how many there are, when `parents` does not name them all; otherwise 0
  /// @param <T> names an event
  public record Choice<T>(List<T> parents, long tips) {
    /// Copies the list.
    public Choice {
      parents = List.copyOf(parents);
    }
  }

  /// Chooses.
  ///
  /// @param tips ascending, unique, not empty
  /// @param ownLast the machine's own last event, or null before there is one
  /// @param <T> names an event
  public <T extends Comparable<? super T>> Choice<T> choose(
      Collection<T> tips, @Nullable T ownLast, RandomGenerator random) {
    if (tips.size() == 1) { // a busy machine's own last event, nearly always
      return new Choice<>(List.of(tips.iterator().next()), 0);
    }
    if (tips.size() <= strictMax) {
      return new Choice<>(List.copyOf(tips), 0);
    }
    var pool = new ArrayList<>(tips);
    var chosen = new ArrayList<T>(bounded);
    if (ownLast != null) {
      chosen.add(ownLast);
      pool.remove(ownLast);
    }
    for (int i = 0; chosen.size() < bounded; i++) { // a partial Fisher–Yates shuffle
      Collections.swap(pool, i, random.nextInt(i, pool.size()));
      chosen.add(pool.get(i));
    }
    Collections.sort(chosen);
    return new Choice<>(chosen, tips.size());
  }
}
