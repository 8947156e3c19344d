package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.dag.Digests;
import io.sennit.dag.EventStore;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.machine.Input;
import io.sennit.machine.Mode;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// One scenario: chaos, then healing, then rest.
///
/// ```text
///   chaos   machines write, faults happen                            after every step: I1 to I7, I9, I12
///   calm    everything is mended, nobody writes
///   duet    (every other seed) two machines alone, until equal;      each round: I10
///           sometimes apart, and once more; strangers' forks may lie between them, or one cannot take
///   heal    a connected network, until all are equal                 bounded time; I8, I9, I11
///   fence   all stop the world, until each has proven equality       I11
/// ```
public final class Simulation {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long EQUAL_WITHIN_NANOS = 120 * SECOND_NANOS;
  private static final long STEPS_MAX = 5_000_000;

  /// Their keys belong to no machine.
  private static final long STRANGERS = 3_000_000;

  /// Of the worlds that need none, every so many has an overlay all the same.
  private static final int OVERLAY_SEEDS = 4;

  /// What one scenario came to.
  ///
  /// @param machines at the end, late joiners and twins included
  /// @param events that all of them hold
  /// @param healingNanos pretended time from calm to equality
  /// @param tail the last of what happened, when something is wrong
  public record Outcome(
      Scenario scenario,
      Optional<Violation> violation,
      Tally tally,
      int machines,
      long events,
      long steps,
      long pretendedNanos,
      long healingNanos,
      String traceHash,
      List<String> tail) {
    /// Copies the list.
    public Outcome {
      tail = List.copyOf(tail);
    }

    /// That of the scenario.
    public long seed() {
      return scenario.seed();
    }

    /// The rule that was broken, or nothing.
    public String rule() {
      return violation.map(Violation::rule).orElse("");
    }
  }

  private final Scenario scenario;

  /// Of everything after the chaos.
  private final SplittableRandom random;

  private final World world;
  private final Network network;
  private final Chaos chaos;
  private long healingNanos;

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.random = scenario.stream(Scenario.END);
    var beginning = scenario.stream(Scenario.BEGINNING);
    var root = Root.found(PretendKey.number(0), "pretended", new byte[16], World.TIME);
    this.world = new World(beginning.nextLong(), root, PretendKey::number, PretendKey.seals());
    this.network = new Network(world, scenario.stream(Scenario.LINKS));
    this.chaos = new Chaos(world, network);
    if (scenario.machines() > Network.MESH_MAX || scenario.seed() % OVERLAY_SEEDS == 0) {
      world.overlay(network::reaches);
    }
  }

  /// Runs one seed.
  ///
  /// @param machines at the beginning; 0 lets the seed choose
  public static Outcome run(long seed, int machines) {
    return run(Scenario.of(seed, machines));
  }

  /// Runs one scenario.
  public static Outcome run(Scenario scenario) {
    return run(scenario, new Tap() {});
  }

  static Outcome run(Scenario scenario, Tap tap) {
    var simulation = new Simulation(scenario);
    simulation.world.tap(tap);
    Violation violation = null;
    try {
      simulation.run();
    } catch (Violation found) {
      violation = found;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      violation = new Violation("WORLD", "the pretended world broke off: " + e, e);
    }
    return simulation.outcome(Optional.ofNullable(violation));
  }

  /// The rule that this seed finds broken, or nothing.
  public static String broken(long seed) {
    return run(seed, 0).rule();
  }

  /// The rule that this scenario, as text, finds broken, or nothing.
  public static String broken(String scenario) {
    return run(Scenario.parse(scenario)).rule();
  }

  private Outcome outcome(Optional<Violation> violation) {
    return new Outcome(
        scenario,
        violation,
        world.tally(),
        world.sites().size(),
        world.sites().isEmpty() ? 0 : world.sites().getFirst().store().count(),
        world.steps(),
        world.nowNanos(),
        healingNanos,
        world.traceHash(),
        violation.isPresent() ? world.traceTail() : List.of());
  }

  private void run() {
    for (int i = 0; i < scenario.machines(); i++) {
      world.addSite();
    }
    network.plan();
    network.tend();
    chaos.run(scenario);
    world.noise(random.split());
    chaos.calm();
    network.plan();
    if (random.nextBoolean()) {
      duet();
    }
    if (random.nextBoolean()) {
      heal();
      world.run(random.nextBoolean() ? 0 : 8 * SECOND_NANOS); // so long that all have proven it
      fence();
    } else { // the world stops first: nobody may take itself for converged too early
      fence();
      heal();
    }
    checkSet();
  }

  /// Two machines alone in a quiet world: each round of their conversation proves equality or
  /// strictly shrinks the difference (I10).
  private void duet() {
    network.close();
    until("the disks are idle", () -> world.sites().stream().allMatch(Site::atRest));
    var first = world.sites().get(random.nextInt(scenario.machines()));
    var second = world.sites().get(random.nextInt(scenario.machines()));
    if (first.signer().machine().equals(second.signer().machine())) {
      network.reopen();
      return;
    }
    meet(first, second);
    if (random.nextBoolean()) { // apart again, both say as much: their counts tell nothing
      world.cut(first, second);
      int count = random.nextInt(1, 4);
      first.append(Collections.nCopies(count, "{\"apart\":true}"));
      second.append(Collections.nCopies(count, "{\"apart\":true}"));
      until("the disks of two are idle", () -> first.atRest() && second.atRest());
      if (random.nextBoolean()) {
        forksBetween(first, second);
        if (random.nextBoolean()) {
          giveOnly(first, second);
        }
      }
      meet(first, second);
    }
    network.reopen();
  }

  /// Two strangers have forked their chains, and each machine hears of one branch of both: once of
  /// the lower, once of the higher. Author tips mislead whoever takes the higher one for a
  /// descendant of the lower; as neither knows all tips of the other, only ranges find the rest.
  private void forksBetween(Site first, Site second) {
    hears(first, 0, anySealed(first));
    hears(second, 0, second.store().tips().getFirst());
    hears(second, 1, anySealed(second));
    hears(first, 1, first.store().tips().getFirst());
    until("both have what they heard", () -> first.atRest() && second.atRest());
  }

  /// Whoever cannot take what it lacks gives all the same. Then only the giver asks by ranges.
  private void giveOnly(Site giver, Site taker) {
    giver.full();
    world.connect(giver, taker);
    until(
        "who can take has taken all",
        () -> taker.atRest() && taker.audit().events().containsAll(giver.audit().events()));
    world.cut(giver, taker);
    giver.room();
  }

  private EventId anySealed(Site site) {
    var node = site.store().node(1 + random.nextLong(site.store().count()));
    return node.sealed() ? node.id() : world.root().event().id();
  }

  private static void hears(Site site, int stranger, EventId parent) {
    var said = "{\"heardBy\":" + site.number() + "}";
    site.offer(List.of(World.stranger(STRANGERS + stranger, said, parent)));
  }

  private void meet(Site first, Site second) {
    world.words(first.number(), "alone with " + second.number());
    world.connect(first, second);
    var round = new Rounds(first, second);
    until(
        "two machines alone are equal",
        () -> {
          round.look();
          return first.atRest()
              && second.atRest()
              && first.audit().tips().equals(second.audit().tips());
        });
  }

  private void heal() {
    network.reopen();
    long beganNanos = world.nowNanos();
    until("all machines are equal", world::equal);
    healingNanos = world.nowNanos() - beganNanos;
  }

  private void until(String what, java.util.function.BooleanSupplier reached) {
    long limitNanos = world.nowNanos() + EQUAL_WITHIN_NANOS;
    while (!reached.getAsBoolean()) {
      unless(world.steps() < STEPS_MAX, "REST", () -> "no rest after " + STEPS_MAX + " steps");
      if (!world.step(limitNanos)) {
        throw new Violation(
            "I11",
            "not within " + EQUAL_WITHIN_NANOS / SECOND_NANOS + " s: " + what + ": " + states());
      }
    }
  }

  private List<String> states() {
    return world.sites().stream()
        .map(site ->
            "\n  "
                + site
                + " "
                + site.machine().status().mode()
                + " in flight "
                + site.machine().status().inFlight()
                + " orphans "
                + site.machine().status().orphans()
                + site.machine().status().peers().stream()
                    .map(peer -> " " + peer.peer() + ":" + peer.state())
                    .toList())
        .toList();
  }

  /// All hold the same set, nothing that was acknowledged is missing, and tips and digest are what
  /// anybody would compute from that set (I8, I9).
  private void checkSet() {
    var sites = world.sites();
    var all = sites.getFirst().audit().events();
    var tips = new TreeSet<>(all);
    for (long at = 1; at <= sites.getFirst().store().count(); at++) {
      sites.getFirst().store().event(at).parents().forEach(tips::remove);
    }
    var digest = Digests.ofTips(tips);
    for (var site : sites) {
      unless(site.audit().events().equals(all), "I8", () -> site + " holds another set");
      var status = site.machine().status();
      unless(status.tips().equals(List.copyOf(tips)), "I8", () -> site + " has other tips");
      unless(status.digest().equals(digest), "I8", () -> site + " has another digest");
      for (var id : site.acknowledged()) {
        unless(
            all.contains(id) || world.isLost(id),
            "I9",
            () -> id + " was acknowledged and is nowhere");
      }
    }
    for (EventId id : world.durableOnce()) {
      unless(all.contains(id) || world.isLost(id), "I9", () -> id + " was durable and is nowhere");
    }
    checkOnce(sites.getFirst().store());
    countForks();
  }

  /// No request with a key was carried out twice.
  private void checkOnce(EventStore store) {
    var events = new HashMap<String, Integer>();
    for (long at = 2; at <= store.count(); at++) {
      var text = World.text(store.event(at));
      int mark = text.indexOf("\"r\":");
      if (mark >= 0) {
        events.merge(
            text.substring(mark, text.indexOf(",", text.indexOf("\"s\":", mark))), 1, Integer::sum);
      }
    }
    for (var site : world.sites()) {
      for (var request : site.keyed()) {
        int found = events.getOrDefault(request.mark(), 0);
        unless(
            found == 0 || found == request.drafts().size(),
            "ONCE",
            () -> "request " + request.mark() + " has made " + found + " events");
      }
    }
  }

  /// Machines of which it is proven that neither of two events is an ancestor of the other.
  private void countForks() {
    var keys = new HashSet<MachineId>();
    for (var site : world.sites()) {
      var self = site.signer().machine();
      if (keys.add(self) && site.store().authorTips(self).size() > 1) {
        world.tally().count(Fault.FORK);
      }
    }
  }

  /// All stop writing, until each has proven equality with its peers. Nobody ever proves that with
  /// a liar, so those have left.
  private void fence() {
    world.visitorsLeave();
    network.reopen();
    for (var site : world.sites()) {
      if (random.nextInt(3) == 0) {
        site.append(List.of("{\"last\":true}")); // on its way when the world stops
      }
      site.handle(new Input.Fence());
    }
    until("all machines have proven equality after a fence", this::converged);
    unless(world.equal(), "I11", () -> "converged, but not equal: " + states());
  }

  private boolean converged() {
    return world.sites().stream().allMatch(site -> site.machine().mode() == Mode.CONVERGED)
        && network.complete();
  }
}
