package io.sennit.simulator.large;

import io.sennit.simulator.large.Ledger.Purpose;
import io.sennit.simulator.large.Summary.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A federation of up to a million machines, from the first join to the last proof of equality:
///
/// 1. *join*: every machine begins, with a ticket of a few that were there before;
/// 2. *settle*: links to near machines are found;
/// 3. *quiet*: nothing is written, and the idle traffic is measured;
/// 4. *write*: events by random machines, with what the plan lets go wrong;
/// 5. *crash*: a share of the machines is gone at once; an event each second shows how far the
///    repair is;
/// 6. *write again*;
/// 7. *agree*: nothing goes wrong any more, until every machine that runs holds the same.
public final class Rehearsal {
  private static final double SECOND_NANOS = 1e9;

  /// How long the last machine joins after the first, at least, when there are many.
  private static final double JOIN_SECONDS = 60;

  /// More machines join in a second when there are more already.
  private static final double JOIN_GROWTH = 0.3;

  private static final double JOIN_RATE_MIN = 5;

  /// Pretended time between two looks at what was reached.
  private static final double STEP_SECONDS = 0.25;

  /// An event that is not everywhere after so long shows that the repair is not complete.
  private static final double PROBE_SECONDS = 2;

  private static final long REPORT_NANOS = 200_000_000;

  private final Plan plan;
  private final Progress progress;
  private final World world;
  private final Federation federation;
  private final Knowledge knowledge;
  private final Components components;
  private final SplittableRandom random;
  private final long beganNanos = System.nanoTime();
  private long reportedNanos;

  private final List<Point> connected = new ArrayList<>();
  private final List<Summary.Idle> idle = new ArrayList<>();
  private List<Point> idleTraffic = List.of();
  private List<Point> writingTraffic = List.of();
  private double joinSeconds = Double.NaN;
  private double idleBytesPerSecond = Double.NaN;
  private double linksPerMachine = Double.NaN;
  private double stateBytesPerMachine = Double.NaN;
  private double repairSeconds = Double.NaN;

  private Rehearsal(Plan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    world = new World(plan.machines(), plan.topology(), plan.faults().loss(), plan.seed());
    federation = new Federation(plan, world);
    knowledge = federation.knowledge();
    components = new Components(plan.machines());
    random = new SplittableRandom(plan.seed());
  }

  /// Runs the plan to its end, in the calling thread.
  ///
  /// @param progress is told how far it is
  public static Summary run(Plan plan, Progress progress) {
    Heap.forgetPeak();
    return new Rehearsal(plan, progress).run();
  }

  private Summary run() {
    long before = Heap.liveBytes() - world.sizeBytes();
    join();
    pass("settle", plan.times().settleSeconds());
    quiet();
    stateBytesPerMachine =
        (double) (Heap.liveBytes() - world.sizeBytes() - before) / world.running();
    write();
    if (plan.faults().crashShare() > 0) {
      crash();
      write("write again", Purpose.AFTER);
    }
    federation.churn(false);
    await("agree", () -> unequal() == 0);
    return summary();
  }

  // ---- phases

  private void join() {
    double at = 0;
    for (int machine = 0; machine < plan.machines(); machine++) {
      world.startAfter(machine, (long) (at * SECOND_NANOS));
      at +=
          1
              / Math.max(
                  JOIN_RATE_MIN, Math.min(JOIN_GROWTH * machine, plan.machines() / JOIN_SECONDS));
    }
    pass("join", at);
    if (await("join", () -> components.largest(world.network()) == plan.machines())) {
      joinSeconds = now();
    }
  }

  private void quiet() {
    federation.forgetTraffic();
    pass("quiet", plan.times().quietSeconds());
    var ledger = federation.ledger();
    idleTraffic = traffic(ledger, plan.times().quietSeconds());
    long bytes = 0;
    long links = 0;
    for (int machine = 0; machine < plan.machines(); machine++) {
      if (world.network().running(machine)) {
        bytes += ledger.sentBytes(machine);
        links += world.network().linkCount(machine);
      }
    }
    idleBytesPerSecond = bytes / plan.times().quietSeconds() / world.running();
    linksPerMachine = (double) links / world.running();
    double machineSeconds = plan.times().quietSeconds() * world.running();
    for (int kind = 0; kind < FrameSizes.KINDS.size(); kind++) {
      if (ledger.kindFrames(kind) > 0) {
        idle.add(
            new Summary.Idle(
                FrameSizes.KINDS.get(kind),
                ledger.kindFrames(kind) / machineSeconds,
                ledger.kindBytes(kind) / machineSeconds));
      }
    }
  }

  private void write() {
    federation.churn(true);
    double began = now();
    for (var partition : plan.faults().partitions()) {
      world.network().partition(plan.topology().indexOf(partition.region()), !partition.oneWay());
    }
    double heals =
        began
            + plan.faults().partitions().stream()
                .mapToDouble(Plan.Partition::seconds)
                .max()
                .orElse(0);
    federation.forgetTraffic();
    writeEvents("write", Purpose.BEFORE);
    writingTraffic = traffic(federation.ledger(), now() - began);
    pass("write", heals - now());
    world.network().heal();
    awaitAll("write");
  }

  private void write(String phase, Purpose purpose) {
    writeEvents(phase, purpose);
    awaitAll(phase);
  }

  private void writeEvents(String phase, Purpose purpose) {
    int count = plan.writing().broadcasts();
    double next = now();
    for (int i = 0; i < count; i++) {
      next -= StrictMath.log(1 - random.nextDouble()) / plan.writing().rate();
      while (now() + STEP_SECONDS < next) {
        step(phase, (double) i / count, STEP_SECONDS);
      }
      step(phase, (double) i / count, Math.max(0, next - now()));
      federation.write(someMachine(), purpose);
    }
  }

  private int someMachine() {
    int machine;
    do {
      machine = random.nextInt(plan.machines());
    } while (!world.network().running(machine));
    return machine;
  }

  private void crash() {
    int count = (int) (world.running() * plan.faults().crashShare());
    federation.churn(false);
    for (int i = 0; i < count; i++) {
      world.crash(someMachine(), random.nextDouble() < plan.faults().silentShare(), federation);
    }
    double began = now();
    double end = began + plan.times().patienceSeconds();
    double probe = began;
    double look = began;
    while (now() < end) {
      if (now() >= probe) {
        federation.write(someMachine(), Purpose.PROBE);
        probe += 1;
      }
      boolean reached = now() - began > PROBE_SECONDS && everywhere(PROBE_SECONDS);
      if (reached || now() >= look) {
        int together = components.largest(world.network());
        connected.add(new Point(now() - began, (double) together / world.running()));
        look += 1;
        if (reached && together == world.running()) {
          repairSeconds = now() - began;
          return;
        }
      }
      step("crash", (now() - began) / plan.times().patienceSeconds(), STEP_SECONDS);
    }
  }

  /// Whether every event older than that, which anybody holds, is with every machine that runs.
  private boolean everywhere(double seconds) {
    double oldest = (now() - seconds) * SECOND_NANOS;
    for (int event = knowledge.events() - 1; event >= 0; event--) {
      int holders = knowledge.holders(event);
      if (holders != 0 && holders != world.running() && knowledge.writtenNanos(event) <= oldest) {
        return false;
      }
    }
    return true;
  }

  // ---- time

  private double now() {
    return world.nowNanos() / SECOND_NANOS;
  }

  private void step(String phase, double share, double seconds) {
    world.runUntil(world.nowNanos() + (long) Math.ceil(seconds * SECOND_NANOS), federation);
    long real = System.nanoTime();
    if (real - reportedNanos > REPORT_NANOS) {
      reportedNanos = real;
      progress.at(phase, Math.min(1, share), now());
    }
  }

  private void pass(String phase, double seconds) {
    double began = now();
    while (now() < began + seconds) {
      step(
          phase,
          (now() - began) / seconds,
          Math.max(
              Wheel.TICK_NANOS / SECOND_NANOS, Math.min(STEP_SECONDS, began + seconds - now())));
    }
  }

  /// Something that may have been reached.
  @FunctionalInterface
  private interface Aim {
    boolean reached();
  }

  /// @return whether it was reached before patience was at its end
  private boolean await(String phase, Aim aim) {
    double began = now();
    while (now() < began + plan.times().patienceSeconds()) {
      if (aim.reached()) {
        return true;
      }
      step(phase, (now() - began) / plan.times().patienceSeconds(), STEP_SECONDS);
    }
    return aim.reached();
  }

  private void awaitAll(String phase) {
    await(phase, () -> everywhere(0));
  }

  // ---- what came of it

  /// Machines that lack something that another one holds.
  private int unequal() {
    int held = 0;
    for (int event = 0; event < knowledge.events(); event++) {
      held += knowledge.holders(event) > 0 ? 1 : 0;
    }
    int unequal = 0;
    for (int machine = 0; machine < plan.machines(); machine++) {
      if (world.network().running(machine)) {
        unequal += knowledge.count(machine) == held ? 0 : 1;
      }
    }
    return unequal;
  }

  /// Share of the machines that sent no more than so many bytes per second.
  private List<Point> traffic(Ledger ledger, double seconds) {
    int running = world.running();
    var sent = new int[running];
    int at = 0;
    for (int machine = 0; machine < plan.machines() && at < running; machine++) {
      if (world.network().running(machine)) {
        sent[at++] = ledger.sentBytes(machine);
      }
    }
    Arrays.sort(sent);
    var points = new ArrayList<Point>();
    for (int percent = 0; percent <= 100; percent++) {
      int index = (int) ((long) (running - 1) * percent / 100);
      points.add(new Point(sent[index] / seconds, percent / 100.0));
    }
    return points;
  }

  private Summary summary() {
    var ledger = federation.ledger();
    var copies = new ArrayList<Point>();
    var tips = new ArrayList<Point>();
    for (int event = 0; event < knowledge.events(); event++) {
      double written = knowledge.writtenNanos(event) / SECOND_NANOS;
      copies.add(new Point(written, ledger.copiesPerDelivery(event)));
      tips.add(new Point(written, ledger.tips(event)));
    }
    var before = ledger.tally(Purpose.BEFORE).delays();
    var after = ledger.tally(Purpose.AFTER).delays();
    int unequal = unequal();
    return new Summary(
        plan.machines(),
        world.running(),
        knowledge.events(),
        unequal == 0,
        unequal,
        ledger.copiesPerDelivery(),
        ledger.duplicatesPerDelivery(),
        ledger.pulledPerDelivery(),
        ledger.reconciledPerDelivery(),
        ledger.announcedPerDelivery(),
        before.millis(0.5),
        before.millis(0.99),
        before.maxMillis(),
        after.millis(0.5),
        after.millis(0.99),
        after.maxMillis(),
        ledger.parentsMean(),
        ledger.tipsMean(),
        idleBytesPerSecond,
        repairSeconds,
        linksPerMachine,
        joinSeconds,
        stateBytesPerMachine,
        (System.nanoTime() - beganNanos) / SECOND_NANOS,
        now(),
        world.deliveries(),
        Heap.peakBytes(),
        plan.seed(),
        world.traceHash(),
        new Summary.Series(
            before.distribution(),
            ledger.tally(Purpose.PROBE).delays().distribution(),
            after.distribution(),
            copies,
            idleTraffic,
            writingTraffic,
            tips,
            idle,
            connected));
  }
}
