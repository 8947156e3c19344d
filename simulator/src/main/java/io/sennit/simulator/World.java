package io.sennit.simulator;

import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.Draft;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/// Many machines of the production core in one thread; everything random comes from one seed.
public final class World {
  /// The time that events carry; nothing depends on it.
  static final String TIME = "2026-01-01T00:00:00.000Z";

  private final SplittableRandom random;
  private final Agenda agenda = new Agenda();
  private final Trace trace = new Trace();
  private final List<Site> sites = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final Root root;
  private final LongFunction<Signer> signers;
  private final Seals seals;

  /// A world with one federation and no machines.
  ///
  /// @param signers makes the key of the machine with this number
  public World(long seed, Root root, LongFunction<Signer> signers, Seals seals) {
    this.random = new SplittableRandom(seed);
    this.root = root;
    this.signers = signers;
    this.seals = seals;
  }

  /// Starts one more machine, which holds R alone.
  public Site addSite() {
    var site = new Site(this, sites.size(), root, signers.apply(sites.size()), seals);
    sites.add(site);
    return site;
  }

  /// All machines.
  public List<Site> sites() {
    return List.copyOf(sites);
  }

  /// Connects two machines, if they are not.
  public void connect(Site a, Site b) {
    if (a == b || links.stream().anyMatch(link -> link.connects(a, b))) {
      return;
    }
    trace(a.number(), "connect " + b.number());
    var link = new Link(this, a, b);
    links.add(link);
    link.open();
  }

  /// Cuts the link between two machines, if there is one.
  public void cut(Site a, Site b) {
    for (var link : List.copyOf(links)) {
      if (link.connects(a, b)) {
        cut(link);
      }
    }
  }

  void cut(Link link) {
    links.remove(link);
    link.cut();
  }

  /// Connects everybody with everybody.
  public void connectAll() {
    for (var a : sites) {
      for (var b : sites) {
        if (a.number() < b.number()) {
          connect(a, b);
        }
      }
    }
  }

  /// Lets pretended time pass.
  public void run(long nanos) {
    long until = agenda.nowNanos() + nanos;
    while (agenda.step(until)) {
      // The step did it.
    }
  }

  /// Lets time pass until all machines hold the same, or so much has passed.
  ///
  /// @return whether they do
  public boolean runUntilEqual(long nanosMax) {
    long until = agenda.nowNanos() + nanosMax;
    while (!equal()) {
      if (!agenda.step(until)) {
        return equal();
      }
    }
    return true;
  }

  /// Whether all machines hold the same, and nothing is on its way to a disk.
  public boolean equal() {
    var first = sites.getFirst().machine().status();
    return sites.stream()
        .map(site -> site.machine().status())
        .allMatch(status ->
            status.digest().equals(first.digest())
                && status.events() == first.events()
                && status.inFlight() == 0);
  }

  /// A hash over everything that happened.
  public String traceHash() {
    return trace.hash();
  }

  /// Pretended nanoseconds since the beginning.
  public long nowNanos() {
    return agenda.nowNanos();
  }

  void at(long atNanos, Runnable action) {
    agenda.at(atNanos, action);
  }

  void in(long delayNanos, Runnable action) {
    agenda.in(delayNanos, action);
  }

  void trace(int site, String what) {
    trace.add(agenda.nowNanos(), site, what);
  }

  void trace(byte[] bytes) {
    trace.add(bytes);
  }

  long nextSeed() {
    return random.nextLong();
  }

  /// One way: 0.1 to 40 ms.
  long latencyNanos() {
    return random.nextLong(100_000, 40_000_000);
  }

  /// A sync: 0.1 to 10 ms.
  long syncNanos() {
    return random.nextLong(100_000, 10_000_000);
  }

  static Draft draft(String json) {
    return switch (Draft.of(json.getBytes(StandardCharsets.UTF_8), TIME)) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var rejection) ->
          throw new IllegalArgumentException(rejection.toString());
    };
  }

  /// R at position 1.
  static Placed placeOf(Root root) {
    var event = root.event();
    MachineId machine = event.machine();
    return new Placed(
        new Node(1, event.id(), 0, machine, true, event.body().length, Positions.of()), event);
  }
}
