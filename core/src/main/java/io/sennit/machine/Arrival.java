package io.sennit.machine;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Rejection;
import io.sennit.event.Run;
import io.sennit.machine.Charts.Reception;
import io.sennit.machine.Charts.ReceptionStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run from elsewhere, on its way along the chart.
final class Arrival {
  /// The link number of an application that hands in runs.
  static final int LOCAL = 0;

  private final int peer;
  private final Way way;
  private final long atNanos;
  private Run run;
  private Reception state = Charts.RECEPTION.start();
  private @Nullable EventId waitsFor;
  private @Nullable Rejection rejection;
  private long lastPosition;
  private boolean senderGone;

  Arrival(int peer, Way way, Run run, long atNanos) {
    this.peer = peer;
    this.way = way;
    this.run = run;
    this.atNanos = atNanos;
  }

  /// Who sent it, or [#LOCAL].
  int peer() {
    return peer;
  }

  /// Whether there is somebody who can be charged for it.
  boolean hasSender() {
    return peer != LOCAL && !senderGone;
  }

  void senderIsGone() {
    senderGone = true;
  }

  Way way() {
    return way;
  }

  /// When it came.
  long atNanos() {
    return atNanos;
  }

  Run run() {
    return run;
  }

  Reception state() {
    return state;
  }

  void step(ReceptionStep step) {
    state = Charts.RECEPTION.next(state, step);
  }

  /// Its beginning is here already: the remainder is the run.
  void shortenTo(List<Event> remainder) {
    run = new Run(remainder);
  }

  /// The parent that is not here.
  EventId waitsFor() {
    if (waitsFor == null) {
      throw new IllegalStateException("this run waits for nothing");
    }
    return waitsFor;
  }

  void waitsFor(EventId missing) {
    waitsFor = missing;
  }

  /// Why it can never join.
  @Nullable Rejection rejection() {
    return rejection;
  }

  void rejectFor(Rejection reason) {
    rejection = reason;
  }

  /// Where its last event stands in the head.
  long lastPosition() {
    return lastPosition;
  }

  void endsAt(long position) {
    lastPosition = position;
  }
}
