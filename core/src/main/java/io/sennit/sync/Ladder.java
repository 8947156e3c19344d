package io.sennit.sync;

import io.sennit.dag.EventStore;
import io.sennit.dag.Key;
import io.sennit.dag.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Fingerprints of all events up to a few heights: close together at the top, then ever further
/// apart.
///
/// ```text
///   height H, H − 1, H − 3, H − 7, … H − 2^j + 1, … above 0
/// ```
///
/// All events up to a height are closed under parents, so two machines that agree on a rung agree
/// on everything below it. The highest rung on which they agree is the *cut*: only above it can
/// they differ, and it lies at most twice as deep as the difference.
///
/// @param height of the highest event
/// @param rungs from the highest down; or none, when fingerprints have misled before
public record Ladder(long height, List<Integer> rungs) {
  /// Copies the list.
  public Ladder {
    rungs = List.copyOf(rungs);
  }

  /// How many rungs there are up to a height.
  static int size(long height) {
    return Long.SIZE - Long.numberOfLeadingZeros(height);
  }

  /// The height of a rung, from 0, the highest.
  private long heightOf(int rung) {
    return height - (1L << rung) + 1;
  }

  /// Of the store's highest event.
  static long height(EventStore store) {
    return store.select(Key.MIN, store.count() - 1).height();
  }

  static Ladder of(EventStore store, Fingerprints fingerprints, long salt) {
    long height = height(store);
    var ladder = new Ladder(height, List.of());
    var rungs = new ArrayList<Integer>();
    var sum = Summary.EMPTY;
    var from = Key.MIN;
    for (int rung = size(height) - 1; rung >= 0; rung--) {
      var to = Key.floor(ladder.heightOf(rung) + 1);
      sum = sum.plus(store.summary(from, to));
      rungs.add(fingerprints.ofPrefix(salt, sum));
      from = to;
    }
    Collections.reverse(rungs);
    return new Ladder(height, rungs);
  }

  /// The highest height up to which this store holds the same, going by the rungs; at least 0,
  /// where R is.
  long cut(EventStore store, Fingerprints fingerprints, long salt) {
    int differs = -1;
    int agrees = rungs.size();
    while (agrees - differs > 1) { // who agrees on a rung agrees on those below
      int middle = (differs + agrees) / 2;
      var sum = store.summary(Key.MIN, Key.floor(heightOf(middle) + 1));
      if (fingerprints.ofPrefix(salt, sum) == rungs.get(middle)) {
        agrees = middle;
      } else {
        differs = middle;
      }
    }
    return agrees == rungs.size() ? 0 : heightOf(agrees);
  }

  /// The highest rung that is not above this height; 0 when there is none.
  long rungUpTo(long limit) {
    for (int rung = 0; rung < rungs.size(); rung++) {
      if (heightOf(rung) <= limit) {
        return heightOf(rung);
      }
    }
    return 0;
  }
}
