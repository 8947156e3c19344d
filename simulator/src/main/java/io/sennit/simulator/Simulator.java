package io.sennit.simulator;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Runs many seeds, and says what came of them.
public final class Simulator {
  private static final String USAGE =
      """
      simulator/simulate [--seeds N] [--from S] [--machines N] [--threads N]
      simulator/simulate --seed S [--machines N]
      simulator/simulate --scenario "seed=… machines=… actions=…"

        --seeds N      how many seeds (2,000)
        --from S       the first of them (1)
        --seed S       this one alone, with its trace
        --scenario T   exactly this world, as a failure, simulator/hunt or a kept regression says it
        --machines N   so many machines in each world, instead of 3 to 30 as the seed says
        --threads N    worlds at once (one for each processor)
      """;

  private Simulator() {}

  /// The command line: `simulator/simulate`.
  public static void main(String[] args) throws InterruptedException {
    long seeds = 2000;
    long from = 1;
    int machines = 0;
    int threads = Runtime.getRuntime().availableProcessors();
    Scenario scenario = null;
    try {
      for (int i = 0; i < args.length; i += 2) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException("a value is missing after " + args[i]);
        }
        if (args[i].equals("--scenario")) {
          scenario = Scenario.parse(args[i + 1]);
          continue;
        }
        long number = Long.parseLong(args[i + 1]);
        switch (args[i]) {
          case "--seeds" -> seeds = number;
          case "--from" -> from = number;
          case "--seed" -> {
            from = number;
            seeds = 1;
          }
          case "--machines" -> machines = Math.toIntExact(number);
          case "--threads" -> threads = Math.toIntExact(number);
          default -> throw new IllegalArgumentException("unknown: " + args[i]);
        }
      }
      if (seeds < 1 || threads < 1) {
        throw new IllegalArgumentException("at least one seed and one thread");
      }
      if (machines != 0 && (machines < 3 || machines > 30)) {
        throw new IllegalArgumentException("3 to 30 machines, not " + machines);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    System.out.println("simulator/simulate " + String.join(" ", args));
    long beganNanos = System.nanoTime();
    SortedMap<Long, Simulation.Outcome> outcomes =
        scenario == null
            ? run(from, seeds, machines, threads)
            : new TreeMap<>(Map.of(scenario.seed(), Simulation.run(scenario)));
    print(outcomes, System.nanoTime() - beganNanos, System.out);
    if (outcomes.size() == 1) {
      System.out.println("trace " + outcomes.firstEntry().getValue().traceHash());
    }
    if (!failures(outcomes).isEmpty()) {
      System.exit(1);
    }
  }

  /// Runs the seeds `from` to `from + seeds - 1`.
  ///
  /// @param machines in each world at the beginning; 0 lets the seed choose
  /// @return what they came to, by seed
  public static SortedMap<Long, Simulation.Outcome> run(
      long from, long seeds, int machines, int threads) throws InterruptedException {
    var outcomes = new ConcurrentSkipListMap<Long, Simulation.Outcome>();
    var next = new AtomicLong(from);
    Runnable work =
        () -> {
          for (long seed = next.getAndIncrement();
              seed < from + seeds;
              seed = next.getAndIncrement()) {
            outcomes.put(seed, Simulation.run(seed, machines));
          }
        };
    var workers = new ArrayList<Thread>();
    for (int n = 0; n < threads; n++) {
      workers.add(Thread.ofPlatform().name("world-" + n).start(work));
    }
    for (var worker : workers) {
      worker.join();
    }
    return outcomes;
  }

  /// How often each fault happened in all of them.
  public static Tally tally(SortedMap<Long, Simulation.Outcome> outcomes) {
    var tally = new Tally();
    outcomes.values().forEach(outcome -> tally.add(outcome.tally()));
    return tally;
  }

  /// Those in which something did not hold.
  public static List<Simulation.Outcome> failures(SortedMap<Long, Simulation.Outcome> outcomes) {
    return outcomes.values().stream().filter(outcome -> outcome.violation().isPresent()).toList();
  }

  /// Prints what came of the seeds, and of the first failure everything that is known.
  public static void print(
      SortedMap<Long, Simulation.Outcome> outcomes, long tookNanos, PrintStream to) {
    var all = outcomes.values();
    to.printf(
        Locale.ROOT,
        "%,d seeds from %d in %.1f s: %,d machines (at most %d in one world), %,d events, %,d steps, %.1f pretended hours%n",
        all.size(),
        outcomes.firstKey(),
        tookNanos / 1e9,
        all.stream().mapToLong(Simulation.Outcome::machines).sum(),
        all.stream().mapToLong(Simulation.Outcome::machines).max().orElse(0),
        all.stream().mapToLong(Simulation.Outcome::events).sum(),
        all.stream().mapToLong(Simulation.Outcome::steps).sum(),
        all.stream().mapToLong(Simulation.Outcome::pretendedNanos).sum() / 3.6e12);
    to.printf(
        Locale.ROOT,
        "slowest healing: equal %.1f pretended seconds after the network was whole%n",
        all.stream().mapToLong(Simulation.Outcome::healingNanos).max().orElse(0) / 1e9);
    var tally = tally(outcomes);
    for (var fault : Fault.values()) {
      to.printf(
          Locale.ROOT,
          "  %,12d  %-17s  %s%n",
          tally.of(fault),
          fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          fault.sentence());
    }
    var failures = failures(outcomes);
    failures.stream().limit(1).forEach(outcome -> print(outcome, to));
    if (failures.isEmpty()) {
      to.println("every invariant held");
    } else {
      to.printf(
          Locale.ROOT,
          "%,d of %,d seeds failed: %s%n",
          failures.size(),
          all.size(),
          failures.stream().map(Simulation.Outcome::seed).limit(20).toList());
    }
  }

  /// Prints of a failure everything that is known.
  static void print(Simulation.Outcome outcome, PrintStream to) {
    outcome.tail().forEach(to::println);
    outcome
        .violation()
        .ifPresent(violation -> {
          to.println(violation.getMessage());
          if (violation.getCause() != null) {
            violation.getCause().printStackTrace(to);
          }
        });
    to.println("repeat with: " + repeat(outcome.scenario()));
  }

  /// The command that repeats this scenario: by its seed, unless it was changed.
  public static String repeat(Scenario scenario) {
    long seed = scenario.seed();
    if (scenario.equals(Scenario.of(seed, 0))) {
      return "simulator/simulate --seed " + seed;
    }
    return scenario.equals(Scenario.of(seed, scenario.machines()))
        ? "simulator/simulate --seed " + seed + " --machines " + scenario.machines()
        : "simulator/simulate --scenario \"" + scenario + "\"";
  }
}
