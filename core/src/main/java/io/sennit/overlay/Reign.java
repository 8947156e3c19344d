package io.sennit.overlay;

/// When the root of a tree speaks: a pulse to everybody, ever more rarely while all is quiet, and
/// in between answers to those who ask.
final class Reign {
  /// The second pulse follows so long after the first, …
  static final int PULSE_MILLIS_MIN = 10_000;

  /// … and each next one after twice as long, so many times.
  static final int PULSE_DOUBLINGS = 2;

  /// The longest time between two pulses.
  static final int PULSE_MILLIS_MAX = PULSE_MILLIS_MIN << PULSE_DOUBLINGS;

  /// A root that had to answer so many questions since its last pulse takes it for a sign that ways
  /// have become long everywhere, …
  static final int ANSWERS_MAX = 3;

  /// … and sends the next one no later than so long after that.
  static final int PULSE_MILLIS_ASKED = 20_000;

  /// After so long, others have found new neighbours in place of those that are gone.
  static final int RECOVERY_MILLIS = 2_000;

  /// Questions are answered at most so often.
  static final int ANSWER_MILLIS = 1_000;

  /// Pulses since it began, or since neighbours were lost.
  private int calm;

  private int pulsedAt;
  private int pulseAt;

  /// When everybody, or who asked, was told something new last.
  private int spokeAt;

  /// Since the last pulse.
  private int answers;

  /// The next pulse is due at once.
  Reign(int now) {
    pulseAt = now;
  }

  /// Everybody is told now.
  void pulse(int now) {
    pulsedAt = now;
    pulseAt = now + (PULSE_MILLIS_MIN << Math.min(calm, PULSE_DOUBLINGS));
    spokeAt = now;
    answers = 0;
    calm++;
  }

  /// Those who asked are told now.
  void answer(int now) {
    spokeAt = now;
    answers++;
    if (answers == ANSWERS_MAX) {
      pulseBy(pulsedAt + PULSE_MILLIS_ASKED, now);
    }
  }

  /// Neighbours were lost: parents that others take in haste are not the nearest, so that there is
  /// to be a pulse when they have recovered.
  ///
  /// @return whether that is earlier than without
  boolean losses(int now) {
    boolean late = pulseAt - now > RECOVERY_MILLIS;
    if (late) {
      calm = 0;
      pulseBy(now + RECOVERY_MILLIS, now);
    }
    return late;
  }

  private void pulseBy(int at, int now) {
    if (pulseAt - at > 0) {
      pulseAt = now + Math.max(0, at - now);
    }
  }

  int pulseAt() {
    return pulseAt;
  }

  /// From when on questions may be answered.
  int answerAt() {
    return spokeAt + ANSWER_MILLIS;
  }
}
