package io.sennit.machine;

import io.sennit.dag.Head;
import io.sennit.dag.Placed;
import io.sennit.event.MachineId;
import java.util.Arrays;
import java.util.OptionalDouble;

/// Measures the [Width] in steps of five seconds, of which the last twelve are kept.
///
/// It only looks: nothing is decided by what it finds.
final class WidthMeter {
  static final int STEPS = 12;
  static final long STEP_NANOS = 5_000_000_000L;

  private static final long WINDOW_NANOS = STEPS * STEP_NANOS;
  private static final double SECOND_NANOS = 1e9;

  private final MachineId self;
  private final long[] nanos = new long[STEPS];
  private final long[] tipNanos = new long[STEPS];
  private final long[] events = new long[STEPS];
  private final long[] parents = new long[STEPS];
  private final long[] bounded = new long[STEPS];
  private final long[] answers = new long[STEPS];
  private final long[] answerNanos = new long[STEPS];
  private int step;
  private boolean begun;
  private long nowNanos;

  /// Everything up to this position was looked at.
  private long seen;

  /// An own event that waits to be named by another machine, or 0.
  private long asked;

  private long askedNanos;

  WidthMeter(MachineId self, long seen) {
    this.self = self;
    this.seen = seen;
  }

  /// So many tips there were until now.
  void at(long now, int tips) {
    if (!begun) {
      begun = true;
      nowNanos = now;
    }
    if (now - nowNanos > WINDOW_NANOS) {
      for (var each :
          new long[][] {nanos, tipNanos, events, parents, bounded, answers, answerNanos}) {
        Arrays.fill(each, 0);
      }
      nowNanos = now - WINDOW_NANOS;
    }
    while (nowNanos < now) {
      long part = Math.min(now - nowNanos, STEP_NANOS - nanos[step]);
      nanos[step] += part;
      tipNanos[step] += part * tips;
      nowNanos += part;
      if (nanos[step] == STEP_NANOS) {
        next();
      }
    }
  }

  private void next() {
    step = (step + 1) % STEPS;
    nanos[step] = 0;
    tipNanos[step] = 0;
    events[step] = 0;
    parents[step] = 0;
    bounded[step] = 0;
    answers[step] = 0;
    answerNanos[step] = 0;
  }

  /// Counts what joined since the last time, all of it still in flight.
  void look(Head head) {
    if (head.count() < seen) { // what was in flight was abandoned
      seen = head.count();
      asked = 0;
    }
    while (seen < head.count()) {
      look(head, head.inFlight(++seen));
    }
  }

  private void look(Head head, Placed placed) {
    var node = placed.node();
    events[step]++;
    parents[step] += node.parents().size();
    bounded[step] += placed.event().tips() > 0 ? 1 : 0;
    if (!node.machine().equals(self)) {
      if (asked != 0 && namesOwn(head, placed)) {
        answers[step]++;
        answerNanos[step] += nowNanos - askedNanos;
        asked = 0;
      }
    } else if (asked == 0 || nowNanos - askedNanos > WINDOW_NANOS) {
      asked = node.position();
      askedNanos = nowNanos;
    }
  }

  /// Whether it descends from the own event that waits: own events are one chain, so it is enough
  /// that it names a later one.
  private boolean namesOwn(Head head, Placed placed) {
    var named = placed.node().parents();
    for (int i = named.size() - 1; i >= 0 && named.get(i) >= asked; i--) {
      if (head.node(named.get(i)).machine().equals(self)) {
        return true;
      }
    }
    return false;
  }

  /// What the last steps came to.
  ///
  /// @param tips that there are now
  Width width(int tips) {
    double seconds = sum(nanos) / SECOND_NANOS;
    long joined = sum(events);
    long answered = sum(answers);
    return new Width(
        seconds == 0 ? 0 : joined / seconds,
        seconds == 0 ? tips : sum(tipNanos) / SECOND_NANOS / seconds,
        joined == 0 ? 0 : (double) sum(parents) / joined,
        joined == 0 ? 0 : (double) sum(bounded) / joined,
        answered == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(sum(answerNanos) / SECOND_NANOS / answered / 2));
  }

  private static long sum(long[] each) {
    return Arrays.stream(each).sum();
  }
}
