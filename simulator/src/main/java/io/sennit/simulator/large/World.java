package io.sennit.simulator.large;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Machines in their places, a network between them, and time, which goes on in each [Sector] by
/// itself for as long as no sector can hear of another. Who lives on the machines is up to the
/// [Inhabitants].
final class World {
  private static final long NEVER = Long.MAX_VALUE >> (Wheel.TICK_BITS + 1);

  /// With fewer machines, waiting for each other costs more than a second processor brings.
  private static final int CROWD = 4_000;

  private final int machines;
  private final int processors;
  private final Sector[] sectors = new Sector[Sectors.COUNT];
  private final Dice dice;
  private final Places places;
  private final Network network;
  private final Alarms alarms;

  /// Ticks from the sending of whatever crosses sectors to its arrival, at least.
  private final long horizon;

  private boolean churning;

  World(int machines, Topology topology, double loss, long seed) {
    this(machines, topology, loss, seed, Runtime.getRuntime().availableProcessors());
  }

  /// @param processors that drive it, at most; what happens does not depend on it
  World(int machines, Topology topology, double loss, long seed, int processors) {
    this(
        machines,
        topology,
        loss,
        new Dice(machines, seed),
        Optional.empty(),
        machines < CROWD ? 1 : Math.min(processors, Sectors.COUNT));
  }

  private World(
      int machines,
      Topology topology,
      double loss,
      Dice dice,
      Optional<Places> given,
      int processors) {
    this.machines = machines;
    this.dice = dice;
    this.processors = processors;
    places = given.orElseGet(() -> new Places(topology, machines, dice));
    var shares = Sectors.among(machines);
    for (int i = 0; i < sectors.length; i++) {
      sectors[i] = new Sector(i, shares);
    }
    network = new Network(shares, sectors, places, dice, topology, loss);
    alarms = new Alarms(shares, sectors, machines);
    horizon = Wheel.tickAt(places.oneWayMicrosMin() * 1_000L + Network.PROCESSING_NANOS);
  }

  /// One machine in each region, without a last mile; nothing is lost.
  static World oneInEach(Topology topology, long seed) {
    int machines = topology.regions().size();
    return new World(
        machines,
        topology,
        0,
        new Dice(machines, seed),
        Optional.of(Places.oneInEach(topology)),
        1);
  }

  int machines() {
    return machines;
  }

  /// The time at which all sectors stand. Not to be asked while it goes on.
  long nowNanos() {
    return sectors[0].wheel().nowNanos();
  }

  /// The time at a machine.
  long nowNanos(int machine) {
    return sector(machine).wheel().nowNanos();
  }

  /// The sector that a machine belongs to.
  Sector sector(int machine) {
    return network.sector(machine);
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
    return Arrays.stream(sectors).mapToInt(Sector::running).sum();
  }

  /// Entries delivered so far.
  long deliveries() {
    return Arrays.stream(sectors).mapToLong(Sector::deliveries).sum();
  }

  /// Over all that was delivered so far.
  String traceHash() {
    var hash = new TraceHash();
    for (var sector : sectors) {
      hash.add(sector.trace());
    }
    return hash.toString();
  }

  /// What the engine takes of the heap, about: it grows with what is under way.
  long sizeBytes() {
    return Arrays.stream(sectors).mapToLong(Sector::sizeBytes).sum() + network.sizeBytes();
  }

  /// The machine begins after so long.
  void startAfter(int machine, long delayNanos) {
    put(machine, delayNanos, Entry.of(Entry.START, machine, 0));
  }

  /// The machine is gone after so long, if machines come and go when the time has come.
  void churnAfter(int machine, boolean silently, long delayNanos) {
    put(machine, delayNanos, Entry.of(Entry.CHURN, machine, silently ? 1 : 0));
  }

  /// Whether machines come and go. Not to be changed while time goes on.
  void churn(boolean on) {
    churning = on;
  }

  private void put(int machine, long delayNanos, long entry) {
    var wheel = sector(machine).wheel();
    wheel.put(Wheel.tickAt(wheel.nowNanos() + delayNanos), entry);
  }

  // ---- time goes on

  /// Lets everything happen that happens until then.
  void runUntil(long nanos, Inhabitants inhabitants) {
    long until = Math.max(sectors[0].wheel().tick(), Math.min(nanos >> Wheel.TICK_BITS, NEVER));
    if (processors > 1 && inhabitants.independent()) {
      runTogether(until, inhabitants);
      return;
    }
    for (long end = windowEnd(sectors[0].wheel().tick(), until); ; end = windowEnd(end, until)) {
      for (var sector : sectors) {
        sector.run(sectors, end, this, inhabitants);
      }
      if (end == until) {
        return;
      }
    }
  }

  /// Nothing that is sent at a tick or later arrives in another sector before this one is over.
  private long windowEnd(long tick, long until) {
    return Math.min(until, tick + horizon - 1);
  }

  /// Several threads go through the same windows, each driving the next sector that nobody drives.
  private void runTogether(long until, Inhabitants inhabitants) {
    var free = new AtomicInteger();
    var failure = new AtomicReference<@Nullable Throwable>();
    long[] end = {windowEnd(sectors[0].wheel().tick(), until)};
    boolean[] over = {false};
    var barrier =
        new CyclicBarrier(
            processors,
            () -> { // while all wait for each other
              over[0] = end[0] == until || failure.get() != null;
              end[0] = windowEnd(end[0], until);
              free.set(0);
            });
    Callable<Void> driver =
        () -> {
          while (!over[0]) {
            long window = end[0];
            try {
              for (int i = free.getAndIncrement(); i < sectors.length; i = free.getAndIncrement()) {
                sectors[i].run(sectors, window, this, inhabitants);
              }
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(
                  null, e); // the others wait at the barrier, and must not in vain
            }
            barrier.await();
          }
          return null;
        };
    try (var threads = Executors.newFixedThreadPool(processors)) {
      List<Callable<Void>> drivers = new ArrayList<>();
      for (int i = 0; i < processors; i++) {
        drivers.add(driver);
      }
      for (var done : threads.invokeAll(drivers)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a sector has failed", failure.get());
    }
  }

  /// Something that was posted comes to a machine.
  void comes(int kind, int machine, int link, int word, Object body, Inhabitants inhabitants) {
    switch (kind) {
      case Entry.FRAME -> network.arrived(machine, link, word, body, inhabitants);
      case Entry.DIALLED -> network.dialled(machine, link, word, inhabitants);
      case Entry.ACCEPTED -> network.accepted(machine, link, word, inhabitants);
      case Entry.REFUSED -> network.refused(machine, link, word, inhabitants);
      case Entry.DOWN -> network.down(machine, link, false, inhabitants);
      case Entry.ENDED -> network.down(machine, link, true, inhabitants);
      default -> throw new IllegalStateException("kind " + kind + " was posted");
    }
  }

  /// Something else happens to a machine.
  void happens(int kind, int machine, int handle, Inhabitants inhabitants) {
    switch (kind) {
      case Entry.ALARM -> {
        if (alarms.comes(machine, handle) && network.running(machine)) {
          inhabitants.rang(machine, handle);
        }
      }
      case Entry.START -> start(machine, inhabitants);
      case Entry.CHURN -> {
        if (churning) {
          crash(machine, handle != 0, inhabitants);
        }
      }
      default -> throw new IllegalStateException("an entry of kind " + kind);
    }
  }

  private void start(int machine, Inhabitants inhabitants) {
    if (!network.running(machine)) {
      network.starts(machine);
      sector(machine).runs(1);
      inhabitants.started(machine);
    }
  }

  /// The machine is gone at once.
  void crash(int machine, boolean silently, Inhabitants inhabitants) {
    if (network.running(machine)) {
      sector(machine).runs(-1);
      network.crashes(machine, silently);
      alarms.clear(machine);
      inhabitants.crashed(machine);
    }
  }
}
