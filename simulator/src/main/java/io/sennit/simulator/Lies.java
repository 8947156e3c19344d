package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.util.HashSet;
import java.util.Set;

/// What strangers have given, so that it is known what may become of it. Only looked up, never
/// iterated.
final class Lies {
  private final Tally tally;
  private final Set<EventId> forged = new HashSet<>();
  private final Set<EventId> unlawful = new HashSet<>();
  private final Set<EventId> valid = new HashSet<>();

  Lies(Tally tally) {
    this.tally = tally;
  }

  /// Its seal is not its machine's: no machine may ever admit it.
  void forged(EventId id) {
    forged.add(id);
  }

  /// It breaks a rule, or descends from one that does: no machine may ever admit it.
  void unlawful(EventId id) {
    unlawful.add(id);
  }

  /// Nothing is wrong with it but the company it comes in.
  void valid(EventId id) {
    valid.add(id);
  }

  /// A machine lets an event into its head.
  void admitted(Event event) {
    unless(
        !forged.contains(event.id()), "SEAL", () -> event.id() + " is admitted with a false seal");
    unless(
        !unlawful.contains(event.id()),
        "RULE",
        () -> event.id() + " is admitted against the rules");
    if (valid.contains(event.id())) {
      tally.count(Fault.ACCEPTED);
    }
  }
}
