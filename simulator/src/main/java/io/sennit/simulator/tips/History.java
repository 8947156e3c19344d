package io.sennit.simulator.tips;

import java.util.Arrays;

/// The events of a run, numbered in the order in which they were written; 0 is R.
///
/// Parents of events that have arrived everywhere are forgotten, unless they are to be kept.
public final class History {
  private static final int[] NONE = {};

  private final int[] authors;
  private final double[] times;
  private final int[][] parents;
  private final long[] tips;
  private int count = 1;

  History(int events) {
    authors = new int[events + 1];
    times = new double[events + 1];
    parents = new int[events + 1][];
    tips = new long[events + 1];
    authors[0] = -1;
    parents[0] = NONE;
  }

  int add(int author, double time, int[] named, long held) {
    authors[count] = author;
    times[count] = time;
    parents[count] = named;
    tips[count] = held;
    return count++;
  }

  void forgetParents(int event) {
    parents[event] = NONE;
  }

  /// How many there are, R included.
  public int count() {
    return count;
  }

  /// The number of the machine that wrote it; -1 for R.
  public int author(int event) {
    return authors[event];
  }

  /// When it was written, in h.
  public double time(int event) {
    return times[event];
  }

  /// Ascending. Shared: do not write to it.
  public int[] parents(int event) {
    return parents[event];
  }

  /// How many tips its creator held.
  public long tips(int event) {
    return tips[event];
  }

  /// Whether it names fewer parents than its creator held tips.
  public boolean bounded(int event) {
    return tips[event] > parents[event].length;
  }

  @Override
  public String toString() {
    return count + " events, hash " + Arrays.deepHashCode(parents);
  }
}
