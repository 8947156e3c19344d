package io.sennit.simulator.large;

import java.util.Optional;

/// Machines in their places, a network between them, and time: one thread takes entry after entry
/// from the wheel and hands it on. Who lives on the machines is up to the [Inhabitants].
final class World {
  private static final long NEVER = Long.MAX_VALUE >> (Wheel.TICK_BITS + 1);

  private final int machines;
  private final Wheel wheel = new Wheel();
  private final TraceHash trace = new TraceHash();
  private final Dice dice;
  private final Places places;
  private final Network network;
  private final Alarms alarms;
  private int running;
  private boolean churning;
  private long deliveries;

  World(int machines, Topology topology, double loss, long seed) {
    this(machines, topology, loss, new Dice(machines, seed), Optional.empty());
  }

  private World(int machines, Topology topology, double loss, Dice dice, Optional<Places> given) {
    this.machines = machines;
    this.dice = dice;
    places = given.orElseGet(() -> new Places(topology, machines, dice));
    network = new Network(wheel, places, dice, topology, machines, loss);
    alarms = new Alarms(wheel, machines);
  }

  /// One machine in each region, without a last mile; nothing is lost.
  static World oneInEach(Topology topology, long seed) {
    int machines = topology.regions().size();
    return new World(
        machines, topology, 0, new Dice(machines, seed), Optional.of(Places.oneInEach(topology)));
  }

  int machines() {
    return machines;
  }

  long nowNanos() {
    return wheel.nowNanos();
  }

  Dice dice() {
    return dice;
  }

  Places places() {
    return places;
  }

  Network network() {
    return network;
  }

  Alarms alarms() {
    return alarms;
  }

  /// Machines that run.
  int running() {
    return running;
  }

  /// Entries delivered so far.
  long deliveries() {
    return deliveries;
  }

  /// Over all that was delivered so far.
  String traceHash() {
    return trace.toString();
  }

  /// What the engine takes of the heap, about: it grows with what is under way.
  long sizeBytes() {
    return wheel.sizeBytes() + network.sizeBytes();
  }

  /// The machine begins after so long.
  void startAfter(int machine, long delayNanos) {
    put(delayNanos, Entry.of(Entry.START, machine, 0));
  }

  /// The machine is gone after so long.
  void crashAfter(int machine, boolean silently, long delayNanos) {
    put(delayNanos, Entry.of(Entry.CRASH, machine, silently ? 1 : 0));
  }

  /// Likewise, if machines come and go when the time has come.
  void churnAfter(int machine, boolean silently, long delayNanos) {
    put(delayNanos, Entry.of(Entry.CHURN, machine, silently ? 1 : 0));
  }

  /// Whether machines come and go.
  void churn(boolean on) {
    churning = on;
  }

  private void put(long delayNanos, long entry) {
    wheel.put(Wheel.tickAt(wheel.nowNanos() + delayNanos), entry);
  }

  /// Lets everything happen that happens until then.
  void runUntil(long nanos, Inhabitants inhabitants) {
    long until = Math.min(nanos >> Wheel.TICK_BITS, NEVER);
    while (wheel.poll(until)) {
      long entry = wheel.entry();
      int machine = Entry.machine(entry);
      int handle = Entry.handle(entry);
      int kind = Entry.kind(entry);
      deliveries++;
      trace.add(wheel.tick(), entry, kind == Entry.FRAME ? network.frames().word(handle) : kind);
      switch (kind) {
        case Entry.FRAME -> network.arrived(machine, handle, inhabitants);
        case Entry.ALARM -> {
          if (alarms.comes(machine, handle) && network.running(machine)) {
            inhabitants.rang(machine, handle);
          }
        }
        case Entry.DIALLED -> network.dialled(machine, handle, inhabitants);
        case Entry.UNREACHABLE -> {
          if (network.running(machine)) {
            inhabitants.unreachable(machine, handle);
          }
        }
        case Entry.DOWN -> network.down(machine, handle, inhabitants);
        case Entry.START -> start(machine, inhabitants);
        case Entry.CRASH -> crash(machine, handle != 0, inhabitants);
        case Entry.CHURN -> {
          if (churning) {
            crash(machine, handle != 0, inhabitants);
          }
        }
        default -> throw new IllegalStateException("an entry of kind " + kind);
      }
    }
  }

  private void start(int machine, Inhabitants inhabitants) {
    if (!network.running(machine)) {
      network.starts(machine);
      running++;
      inhabitants.started(machine);
    }
  }

  /// The machine is gone at once.
  void crash(int machine, boolean silently, Inhabitants inhabitants) {
    if (network.running(machine)) {
      running--;
      network.crashes(machine, silently);
      alarms.clear(machine);
      inhabitants.crashed(machine);
    }
  }
}
