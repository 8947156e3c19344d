package io.sennit.simulator;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// Runs many seeds, and says what came of them.
public final class Simulator {
  private static final String USAGE =
      """
      simulator/simulate [--seeds N] [--from S] [--machines N] [--threads N]
      simulator/simulate --seed S [--machines N]

        --seeds N      how many seeds (2,000)
        --from S       the first of them (1)
        --seed S       this one alone, with its trace
        --machines N   so many machines in each world, instead of 3 to 30 as the seed says
        --threads N    worlds at once (one for each processor)
      """;

  private Simulator() {}

  /// What many seeds came to.
  ///
  /// @param failures by seed
  public record Total(
      Tally tally, Sums sums, ConcurrentSkipListMap<Long, Simulation.Outcome> failures) {}

  /// Sums over many seeds.
  public static final class Sums {
    private final AtomicLong machines = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong pretendedNanos = new AtomicLong();
    private final AtomicLong healingNanosMax = new AtomicLong();
    private final AtomicLong machinesMax = new AtomicLong();

    void add(Simulation.Outcome outcome) {
      machines.addAndGet(outcome.machines());
      events.addAndGet(outcome.events());
      steps.addAndGet(outcome.steps());
      pretendedNanos.addAndGet(outcome.pretendedNanos());
      healingNanosMax.accumulateAndGet(outcome.healingNanos(), Math::max);
      machinesMax.accumulateAndGet(outcome.machines(), Math::max);
    }
  }

  /// The command line: `simulator/simulate`.
  public static void main(String[] args) throws InterruptedException {
    long seeds = 2000;
    long from = 1;
    int machines = 0;
    int threads = Runtime.getRuntime().availableProcessors();
    try {
      for (int i = 0; i < args.length; i += 2) {
        if (i + 1 == args.length) {
          throw new NumberFormatException("a number is missing after " + args[i]);
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
          default -> throw new NumberFormatException("unknown: " + args[i]);
        }
      }
      if (machines != 0 && (machines < 3 || machines > 30)) {
        throw new NumberFormatException("3 to 30 machines, not " + machines);
      }
    } catch (NumberFormatException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    System.out.println("simulator/simulate " + String.join(" ", args));
    long beganNanos = System.nanoTime();
    var total = run(from, seeds, machines, threads);
    print(total, from, seeds, machines, System.nanoTime() - beganNanos, System.out);
    if (!total.failures.isEmpty()) {
      System.exit(1);
    }
  }

  /// Runs the seeds `from` to `from + seeds - 1`.
  public static Total run(long from, long seeds, int machines, int threads)
      throws InterruptedException {
    var total = new Total(new Tally(), new Sums(), new ConcurrentSkipListMap<>());
    var next = new AtomicLong(from);
    var workers =
        LongStream.range(0, threads)
            .mapToObj(n ->
                Thread.ofPlatform()
                    .name("world-" + n)
                    .start(() -> {
                      for (long seed = next.getAndIncrement();
                          seed < from + seeds;
                          seed = next.getAndIncrement()) {
                        add(total, Simulation.run(seed, machines));
                      }
                    }))
            .toList();
    for (var worker : workers) {
      worker.join();
    }
    return total;
  }

  private static void add(Total total, Simulation.Outcome outcome) {
    synchronized (total) {
      total.tally.add(outcome.tally());
    }
    total.sums.add(outcome);
    if (outcome.violation().isPresent()) {
      total.failures.put(outcome.seed(), outcome);
    }
  }

  /// Prints what came of the seeds, and of the first failure everything that is known.
  public static void print(
      Total total, long from, long seeds, int machines, long tookNanos, PrintStream to) {
    var sums = total.sums;
    to.printf(
        Locale.ROOT,
        "%,d seeds from %d in %.1f s: %,d machines (at most %d in one world), %,d events, %,d steps, %.1f pretended hours%n",
        seeds,
        from,
        tookNanos / 1e9,
        sums.machines.get(),
        sums.machinesMax.get(),
        sums.events.get(),
        sums.steps.get(),
        sums.pretendedNanos.get() / 3.6e12);
    to.printf(
        Locale.ROOT,
        "slowest healing: equal %.1f pretended seconds after the network was whole%n",
        sums.healingNanosMax.get() / 1e9);
    for (var fault : Fault.values()) {
      to.printf(
          Locale.ROOT,
          "  %,12d  %-17s  %s%n",
          total.tally.of(fault),
          fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          fault.sentence());
    }
    total.failures.values().stream().limit(1).forEach(outcome -> print(outcome, machines, to));
    if (total.failures.isEmpty()) {
      to.println("every invariant held");
    } else {
      to.printf(
          Locale.ROOT,
          "%,d of %,d seeds failed: %s%n",
          total.failures.size(),
          seeds,
          total.failures.keySet().stream().limit(20).toList());
    }
  }

  private static void print(Simulation.Outcome outcome, int machines, PrintStream to) {
    outcome.tail().forEach(to::println);
    outcome
        .violation()
        .ifPresent(violation -> {
          to.println(violation.getMessage());
          if (violation.getCause() != null) {
            violation.getCause().printStackTrace(to);
          }
        });
    to.println("trace " + outcome.traceHash());
    to.println("repeat with: " + repeat(outcome.seed(), machines));
  }

  /// The command that repeats this seed.
  public static String repeat(long seed, int machines) {
    return "simulator/simulate --seed " + seed + (machines == 0 ? "" : " --machines " + machines);
  }
}
