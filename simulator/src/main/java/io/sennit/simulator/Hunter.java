package io.sennit.simulator;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs seed after seed for so many minutes; whatever fails is made smaller and kept.
///
/// ```text
///   seed ──▶ Simulation ── fails ──▶ Shrinker ──▶ Regressions: one line more, run by ./check
///              │ holds
///              ▼
///            next seed
/// ```
public final class Hunter {
  private static final String USAGE =
      """
      simulator/hunt --minutes N [--threads N] [--machines N] [--from S] [--seeds N] [--failures N] [--into FILE]

        --minutes N    for so long
        --threads N    worlds at once (2)
        --machines N   so many machines in each world, instead of 3 to 30 as the seed says
        --from S       the first seed (any; the first line says which)
        --seeds N      at most so many
        --failures N   so many failing seeds are enough (20)
        --into FILE    where they are kept (simulator/src/test/resources/regressions.txt)
      """;

  private static final Path KEPT_IN = Path.of("simulator/src/test/resources/regressions.txt");

  /// Of the seeds that break one rule, so many are made smaller: the others most likely show the
  /// same fault.
  private static final int SHRUNK_MAX = 3;

  private static final int SHRINKING_RUNS_MAX = 2000;

  /// After so long what is smallest by then is kept, also when the hunt's time is over.
  private static final long SHRINKING_NANOS_MAX = 300_000_000_000L;

  private static final double MINUTE_NANOS = 60e9;
  private static final double HOUR_NANOS = 3600e9;

  /// What the command line says.
  private record Hunt(
      double minutes, int threads, int machines, long from, long seeds, long failures, Path into) {
    @Override
    public String toString() {
      return "simulator/hunt --minutes "
          + (minutes == (long) minutes ? String.valueOf((long) minutes) : String.valueOf(minutes))
          + " --threads "
          + threads
          + (machines == 0 ? "" : " --machines " + machines)
          + " --from "
          + from
          + (seeds == Long.MAX_VALUE ? "" : " --seeds " + seeds)
          + " --failures "
          + failures
          + " --into "
          + into;
    }
  }

  private final Hunt hunt;
  private final Regressions regressions;
  private final PrintStream to;
  private final AtomicLong next;
  private final long beganNanos = System.nanoTime();

  /// How many seeds broke each rule. Only looked up.
  private final Map<String, Integer> failures = new HashMap<>();

  /// Why a thread ended before its time.
  private final AtomicReference<@Nullable Throwable> brokenOff = new AtomicReference<>();

  private int failed;
  private long seeds;
  private long pretendedNanos;
  private long steps;

  private Hunter(Hunt hunt, PrintStream to) {
    this.hunt = hunt;
    this.to = to;
    this.next = new AtomicLong(hunt.from);
    this.regressions = new Regressions(hunt.into);
  }

  /// The command line: `simulator/hunt`. Ends with 1 when a seed failed.
  public static void main(String[] args) throws InterruptedException {
    int status = hunt(System.out, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /// Hunts as the command line says.
  ///
  /// @param to is told of every failure at once, and what came of all at the end
  /// @return 0 when every invariant held, 1 when one did not, 2 for wrong usage
  public static int hunt(PrintStream to, String... args) throws InterruptedException {
    Hunt hunt;
    try {
      hunt = parse(args);
    } catch (IllegalArgumentException e) {
      to.println(e.getMessage() + "\n" + USAGE);
      return 2;
    }
    return new Hunter(hunt, to).run() == 0 ? 0 : 1;
  }

  private static Hunt parse(String... args) {
    double minutes = 0;
    int threads = 2;
    int machines = 0;
    long from = new SplittableRandom().nextLong(1L << 40);
    long seeds = Long.MAX_VALUE;
    long failures = 20;
    var into = KEPT_IN;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("a value is missing after " + args[i]);
      }
      var value = args[i + 1];
      switch (args[i]) {
        case "--minutes" -> minutes = Double.parseDouble(value);
        case "--threads" -> threads = Integer.parseInt(value);
        case "--machines" -> machines = Integer.parseInt(value);
        case "--from" -> from = Long.parseLong(value);
        case "--seeds" -> seeds = Long.parseLong(value);
        case "--failures" -> failures = Long.parseLong(value);
        case "--into" -> into = Path.of(value);
        default -> throw new IllegalArgumentException("unknown: " + args[i]);
      }
    }
    if (!(minutes > 0) || threads < 1 || seeds < 1 || failures < 1) {
      throw new IllegalArgumentException("more than 0 minutes, threads, seeds and failures");
    }
    if (machines != 0 && (machines < Scenario.MACHINES_MIN || machines > Scenario.MACHINES_MAX)) {
      throw new IllegalArgumentException(
          Scenario.MACHINES_MIN + " to " + Scenario.MACHINES_MAX + " machines, not " + machines);
    }
    return new Hunt(minutes, threads, machines, from, seeds, failures, into);
  }

  /// How many seeds failed.
  private int run() throws InterruptedException {
    to.println(hunt);
    var workers = new ArrayList<Thread>();
    for (int n = 0; n < hunt.threads; n++) {
      workers.add(
          Thread.ofPlatform()
              .name("hunter-" + n)
              .uncaughtExceptionHandler((_, e) -> brokenOff.compareAndSet(null, e))
              .start(this::work));
    }
    for (var worker : workers) {
      worker.join();
    }
    int failing = summary();
    if (brokenOff.get() != null) {
      throw new IllegalStateException("the hunt broke off", brokenOff.get());
    }
    return failing;
  }

  private void work() {
    while (!over()) {
      long seed = next.getAndIncrement();
      if (seed - hunt.from >= hunt.seeds) {
        return;
      }
      var outcome = Simulation.run(seed, hunt.machines);
      if (ran(outcome)) {
        found(outcome);
      }
    }
  }

  private boolean over() {
    return System.nanoTime() - beganNanos > hunt.minutes * MINUTE_NANOS || enough();
  }

  private synchronized boolean enough() {
    return failed >= hunt.failures;
  }

  /// Counts a seed, and answers whether it failed.
  private synchronized boolean ran(Simulation.Outcome outcome) {
    seeds++;
    steps += outcome.steps();
    pretendedNanos += outcome.pretendedNanos();
    if (outcome.violation().isEmpty() || failed >= hunt.failures) {
      return false;
    }
    failed++;
    return true;
  }

  private synchronized boolean first(String rule) {
    return failures.merge(rule, 1, Integer::sum) <= SHRUNK_MAX;
  }

  private void found(Simulation.Outcome outcome) {
    var rule = outcome.rule();
    boolean shrinks = first(rule);
    if (shrinks) {
      say(() -> Simulator.print(outcome, to));
      keep(shrunk(outcome));
    } else {
      say(() -> to.println(rule + " again, repeat with: " + repeat(outcome)));
      keep(new Regressions.Kept(outcome.scenario(), rule, "as found by the hunter"));
    }
  }

  private static String repeat(Simulation.Outcome outcome) {
    return Simulator.repeat(outcome.scenario());
  }

  private synchronized void say(Runnable what) {
    what.run();
  }

  private Regressions.Kept shrunk(Simulation.Outcome outcome) {
    var scenario = outcome.scenario();
    long untilNanos = System.nanoTime() + SHRINKING_NANOS_MAX;
    var shrinker =
        new Shrinker(
            smaller -> System.nanoTime() - untilNanos > 0 ? "" : Simulation.run(smaller).rule(),
            SHRINKING_RUNS_MAX);
    var smallest = shrinker.shrink(scenario, outcome.rule());
    var comment =
        String.format(
            Locale.ROOT,
            "shrunk from %d machines and %d actions to %d and %d",
            scenario.machines(),
            scenario.actions().size(),
            smallest.machines(),
            smallest.actions().size());
    say(() -> {
      to.println(comment + " in " + shrinker.runs() + " runs");
      to.println("repeat with: " + Simulator.repeat(smallest));
    });
    return new Regressions.Kept(smallest, outcome.rule(), comment);
  }

  private synchronized void keep(Regressions.Kept kept) {
    regressions.keep(kept);
  }

  private synchronized int summary() {
    double tookNanos = System.nanoTime() - beganNanos;
    to.println(hunt);
    to.printf(
        Locale.ROOT,
        "%,d seeds in %.1f minutes, %,.0f a minute; %,d steps, %.1f pretended hours; %s%n",
        seeds,
        tookNanos / MINUTE_NANOS,
        seeds / (tookNanos / MINUTE_NANOS),
        steps,
        pretendedNanos / HOUR_NANOS,
        failed == 0
            ? "every invariant held"
            : failed + " failing seeds, kept in " + hunt.into + ", which ./check runs");
    return failed;
  }
}
