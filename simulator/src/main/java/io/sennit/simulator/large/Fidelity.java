package io.sennit.simulator.large;

import io.sennit.simulator.large.Ledger.Purpose;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// The same scenario among light machines, with a production overlay and modelled events and
/// comparisons, and among full ones, production machines with their stores and messages: the
/// delivery sets must be the same, and copies and delays are put side by side.
public final class Fidelity {
  private static final double SECOND_NANOS = 1e9;
  private static final long STEP_NANOS = 250_000_000;

  /// What is compared.
  public static final String COPIES = "payload copies per delivery";

  /// Likewise.
  public static final String MEDIAN = "delivery, median, ms";

  /// Likewise.
  public static final String LATE = "delivery, 99 %, ms";

  /// Likewise.
  public static final String LINKS = "links of a machine";

  /// Text of each event.
  public static final int PAYLOAD_BYTES = 300;

  /// Of a payload on the wire that an event has without its text.
  private static final int EVENT_BYTES = 200;

  /// What came of a scenario at one fidelity.
  ///
  /// @param held by machine that runs at the end, the numbers of the events it holds
  /// @param links of a machine, on average, when the first event is written
  /// @param idleBytesPerSecond sent by a machine between the joins and the first event, on average
  /// @param seconds real ones
  record Outcome(
      String fidelity,
      SortedMap<Integer, BitSet> held,
      Ledger ledger,
      double links,
      double idleBytesPerSecond,
      double seconds) {

    /// Whether every machine that runs holds every event.
    boolean everywhere(int events) {
      return held.values().stream().allMatch(set -> set.cardinality() == events);
    }

    /// What is compared, by name.
    Map<String, Double> figures() {
      var figures = new TreeMap<String, Double>();
      var before = ledger.tally(Purpose.BEFORE).delays();
      var after = ledger.tally(Purpose.AFTER).delays();
      figures.put(COPIES, ledger.copiesPerDelivery());
      figures.put("announcements per delivery", ledger.announcedPerDelivery());
      figures.put(MEDIAN, before.millis(0.5));
      figures.put(LATE, before.millis(0.99));
      figures.put("delivery, last, ms", before.maxMillis());
      figures.put("delivery after the crash, median, ms", after.millis(0.5));
      figures.put("delivery after the crash, 99 %, ms", after.millis(0.99));
      figures.put("delivery after the crash, last, ms", after.maxMillis());
      figures.put("found by comparisons, share of deliveries", ledger.reconciledPerDelivery());
      figures.put("pulled, share of deliveries", ledger.pulledPerDelivery());
      figures.put(LINKS, links);
      figures.put("bytes sent per second, idle", idleBytesPerSecond);
      return figures;
    }
  }

  /// Who lives in the world.
  private interface Kind {
    Inhabitants inhabitants();

    void write(int machine, Purpose purpose);

    BitSet held(int machine);

    Ledger ledger();

    void forgetTraffic();
  }

  private Fidelity() {}

  /// A few light machines without faults, one in each region of the topology and without a last
  /// mile: what to expect of as many real ones.
  ///
  /// @param settleSeconds between the last join and the first event
  /// @return what is compared, by name
  public static Map<String, Double> crowd(
      Topology topology, double settleSeconds, int events, double rate, long seed) {
    int machines = topology.regions().size();
    var scenario = Scenario.of(machines, settleSeconds, events, rate, 0, seed);
    var outcome = light(World.oneInEach(topology, seed), scenario, seed);
    if (!outcome.everywhere(events)) {
      throw new IllegalStateException("not all events are everywhere; seed " + seed);
    }
    return outcome.figures();
  }

  /// Light machines.
  static Outcome light(World world, Scenario scenario, long seed) {
    var plan = Plan.of(world.machines()).with(Plan.Faults.crash(0)).withSeed(seed);
    var writing =
        new Plan.Writing(
            plan.writing().rate(), plan.writing().broadcasts(), PAYLOAD_BYTES + EVENT_BYTES);
    var federation = new Federation(plan.with(writing), world);
    return run(
        "light",
        world,
        scenario,
        new Kind() {
          @Override
          public Inhabitants inhabitants() {
            return federation;
          }

          @Override
          public void write(int machine, Purpose purpose) {
            federation.write(machine, purpose);
          }

          @Override
          public BitSet held(int machine) {
            var held = new BitSet();
            for (int event = 0; event < federation.knowledge().events(); event++) {
              held.set(event, federation.knowledge().holds(machine, event));
            }
            return held;
          }

          @Override
          public Ledger ledger() {
            return federation.ledger();
          }

          @Override
          public void forgetTraffic() {
            federation.forgetTraffic();
          }
        });
  }

  /// Full machines.
  static Outcome full(World world, Scenario scenario, long seed) {
    var residents = new Residents(world, seed);
    return run(
        "full",
        world,
        scenario,
        new Kind() {
          @Override
          public Inhabitants inhabitants() {
            return residents;
          }

          @Override
          public void write(int machine, Purpose purpose) {
            residents.write(machine, purpose, PAYLOAD_BYTES);
          }

          @Override
          public BitSet held(int machine) {
            return residents.held(machine);
          }

          @Override
          public Ledger ledger() {
            return residents.ledger();
          }

          @Override
          public void forgetTraffic() {
            residents.ledger().forgetTraffic();
          }
        });
  }

  private static Outcome run(String fidelity, World world, Scenario scenario, Kind kind) {
    long beganNanos = System.nanoTime();
    var begins = scenario.begins();
    for (int machine = 0; machine < begins.size(); machine++) {
      world.startAfter(machine, begins.get(machine));
    }
    var writes = scenario.writes();
    long quietNanos = (writes.getFirst().nanos() - begins.getLast()) / 2;
    world.runUntil(writes.getFirst().nanos() - quietNanos, kind.inhabitants());
    kind.forgetTraffic();
    world.runUntil(writes.getFirst().nanos() - Wheel.TICK_NANOS, kind.inhabitants());
    var quiet = kind.ledger();
    double idle = 0;
    double links = 0;
    for (int machine = 0; machine < world.machines(); machine++) {
      idle += quiet.sentBytes(machine) / (quietNanos / SECOND_NANOS);
      links += world.network().linkCount(machine);
    }
    boolean crashed = false;
    for (var write : writes) {
      if (!crashed && write.nanos() > scenario.crashNanos()) {
        crashed = true;
        world.runUntil(scenario.crashNanos(), kind.inhabitants());
        for (int machine : scenario.crashes()) {
          world.crash(machine, machine % 10 == 0, kind.inhabitants());
        }
      }
      world.runUntil(write.nanos(), kind.inhabitants());
      kind.write(write.machine(), crashed ? Purpose.AFTER : Purpose.BEFORE);
    }
    while (world.nowNanos() < scenario.endNanos()
        && !held(world, kind::held).values().stream()
            .allMatch(set -> set.cardinality() == writes.size())) {
      world.runUntil(world.nowNanos() + STEP_NANOS, kind.inhabitants());
    }
    return new Outcome(
        fidelity,
        held(world, kind::held),
        kind.ledger(),
        links / world.machines(),
        idle / world.machines(),
        (System.nanoTime() - beganNanos) / SECOND_NANOS);
  }

  private static SortedMap<Integer, BitSet> held(World world, IntFunction<BitSet> of) {
    var held = new TreeMap<Integer, BitSet>();
    for (int machine = 0; machine < world.machines(); machine++) {
      if (world.network().running(machine)) {
        held.put(machine, of.apply(machine));
      }
    }
    return held;
  }

  /// Machines all over the world that can all be dialled, or not; none of them is a leaf or public,
  /// because a full machine calls itself neither.
  static Topology homes(double natShare) {
    var regions = new ArrayList<Topology.Region>();
    for (var region : Topology.world().regions()) {
      regions.add(
          new Topology.Region(
              region.name(),
              region.share(),
              region.latitude(),
              region.longitude(),
              natShare,
              0,
              0,
              region.leafMegabits(),
              region.homeMegabits(),
              region.publicMegabits()));
    }
    return new Topology(regions, List.of());
  }

  /// The command line: `simulator/validate [--machines N] [--events N] [--seed S]`. Ends with 1
  /// when the delivery sets differ.
  public static void main(String... arguments) {
    int machines = 2_000;
    int events = 40;
    long seed = 1;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--machines" -> machines = Integer.parseInt(arguments[i + 1]);
        case "--events" -> events = Integer.parseInt(arguments[i + 1]);
        case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
        default -> {
          System.err.println("simulator/validate [--machines N] [--events N] [--seed S]");
          System.exit(2);
        }
      }
    }
    var scenario = Scenario.of(machines, 60, events, 2, 0.1, seed);
    var topology = homes(0.2);
    var light = light(new World(machines, topology, 0.001, seed), scenario, seed);
    var full = full(new World(machines, topology, 0.001, seed), scenario, seed);
    System.out.printf(
        Locale.ROOT,
        "simulator/validate --machines %d --events %d --seed %d%n",
        machines,
        events,
        seed);
    print(light, full);
    boolean same = light.held().equals(full.held());
    System.out.printf(
        "%n%,d machines hold at the end: light %s, full %s; the delivery sets are %s%n",
        light.held().size(),
        light.everywhere(events) ? "all events" : "NOT all events",
        full.everywhere(events) ? "all events" : "NOT all events",
        same ? "the same" : "DIFFERENT");
    System.out.printf(
        Locale.ROOT, "light took %.1f s, full %.1f s%n", light.seconds(), full.seconds());
    System.exit(same && light.everywhere(events) ? 0 : 1);
  }

  private static void print(Outcome one, Outcome other) {
    System.out.printf("| figure | %s | %s | ratio |%n", one.fidelity(), other.fidelity());
    System.out.println("| --- | ---: | ---: | ---: |");
    var others = other.figures();
    one.figures()
        .forEach((name, value) -> {
          double theirs = others.getOrDefault(name, Double.NaN);
          System.out.printf(
              Locale.ROOT, "| %s | %.3f | %.3f | %.3f |%n", name, value, theirs, theirs / value);
        });
  }
}
