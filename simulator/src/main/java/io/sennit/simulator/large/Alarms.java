package io.sennit.simulator.large;

import java.util.Arrays;

/// A few alarms for each machine, each set to at most one moment.
///
/// To set one anew costs nothing: the wheel keeps at most one entry that is due no later than the
/// alarm, and when it comes too early, it is put again.
final class Alarms {
  /// Alarms that a machine has.
  static final int KINDS = 2;

  private static final int NEVER = Integer.MAX_VALUE;

  private final Sectors sectors;
  private final Sector[] all;

  /// Tick at which an alarm rings, and the earliest one at which the wheel has an entry for it.
  private final int[] due;

  private final int[] posted;

  Alarms(Sectors sectors, Sector[] all, int machines) {
    this.sectors = sectors;
    this.all = all;
    due = new int[machines * KINDS];
    posted = new int[machines * KINDS];
    Arrays.fill(due, NEVER);
    Arrays.fill(posted, NEVER);
  }

  private Wheel wheel(int machine) {
    return all[sectors.of(machine)].wheel();
  }

  /// Sets it, instead of what it was set to.
  void set(int machine, int which, long delayNanos) {
    var wheel = wheel(machine);
    int alarm = machine * KINDS + which;
    int at = Math.toIntExact(Wheel.tickAt(wheel.nowNanos() + Math.max(0, delayNanos)));
    due[alarm] = at;
    if (at < posted[alarm]) {
      posted[alarm] = at;
      wheel.put(at, Entry.of(Entry.ALARM, machine, which));
    }
  }

  /// Sets it, unless it is set to an earlier moment.
  void setNoLater(int machine, int which, long delayNanos) {
    if (Wheel.tickAt(wheel(machine).nowNanos() + delayNanos) < due[machine * KINDS + which]) {
      set(machine, which, delayNanos);
    }
  }

  void clear(int machine) {
    for (int which = 0; which < KINDS; which++) {
      due[machine * KINDS + which] = NEVER;
    }
  }

  /// The wheel has come to an entry.
  ///
  /// @return whether the alarm rings
  boolean comes(int machine, int which) {
    var wheel = wheel(machine);
    int alarm = machine * KINDS + which;
    int now = (int) wheel.tick();
    if (posted[alarm] != now) {
      return false; // one that was put earlier than this one has taken its place
    }
    posted[alarm] = NEVER;
    int at = due[alarm];
    if (at == now) {
      due[alarm] = NEVER;
      return true;
    }
    if (at != NEVER) {
      posted[alarm] = at;
      wheel.put(at, Entry.of(Entry.ALARM, machine, which));
    }
    return false;
  }
}
