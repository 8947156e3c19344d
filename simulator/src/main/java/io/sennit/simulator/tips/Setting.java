package io.sennit.simulator.tips;

import io.sennit.machine.ParentRule;

/// What is simulated.
///
/// @param machines that write, all equally often
/// @param lambdaH events that the whole federation writes in the time h
/// @param places where different events have arrived; at most as many as machines
/// @param events to be written, R not counted
public record Setting(
    int machines, double lambdaH, Delay delay, int places, int events, Choice choice, long seed) {
  /// Delays until all is steady.
  private static final double WARM = 6;

  /// Delays that are enough for every new event to have a sample among its ancestors.
  private static final double COVERING = 7;

  private static final int PLACES_MAX = 16;
  private static final int EVENTS_MIN = 10_000;

  /// The production rule, long enough for all figures to be steady.
  public static Setting of(int machines, double lambdaH, Delay delay, long seed) {
    int places = delay == Delay.CONSTANT ? 1 : Math.min(machines, PLACES_MAX);
    int events = (int) Math.max(EVENTS_MIN, (WARM + COVERING + 2) * lambdaH);
    return new Setting(machines, lambdaH, delay, places, events, ParentRule.SENNIT::choose, seed);
  }

  /// The same with another rule.
  public Setting with(Choice other) {
    return new Setting(machines, lambdaH, delay, places, events, other, seed);
  }

  /// The same with so many events.
  public Setting withEvents(int number) {
    return new Setting(machines, lambdaH, delay, places, number, choice, seed);
  }

  /// The same with so many places.
  public Setting withPlaces(int number) {
    return new Setting(machines, lambdaH, delay, number, events, choice, seed);
  }

  /// The first event that counts.
  int firstCounted() {
    return 1 + (int) Math.min(events / 2.0, WARM * lambdaH);
  }

  /// The last event of which it can be said when all new ones descend from it.
  int lastSample() {
    return (int) Math.max(firstCounted(), events - Math.max(100, COVERING * lambdaH));
  }
}
