package io.sennit.simulator;

import io.sennit.event.MachineId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Who ought to be linked with whom, and who cannot be at present. Dials again, every now and then,
/// where a link is missing.
///
/// Where machines have an overlay, those who ought to be linked are those whom an operator has told
/// of each other: they are dialled now and then, and the overlay decides whether they stay so.
final class Network {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// Up to so many machines, everybody is linked with everybody.
  static final int MESH_MAX = 9;

  /// With an overlay, one in so many of the missing links is dialled each time.
  private static final int RARELY = 8;

  private record Pair(int a, int b) {}

  private final World world;
  private final SplittableRandom random;
  private final List<Pair> wanted = new ArrayList<>();
  private Set<Integer> island = Set.of();
  private Set<Integer> isolated = Set.of();
  private boolean open = true;

  Network(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  /// Chooses who ought to be linked: all with all, or a tree with some links more. The graph is
  /// connected.
  void plan() {
    wanted.clear();
    int sites = world.sites().size();
    boolean mesh = sites <= MESH_MAX && random.nextInt(4) > 0;
    int more = random.nextInt(2 * sites);
    for (int b = 1; b < sites; b++) {
      if (mesh) {
        for (int a = 0; a < b; a++) {
          want(a, b);
        }
      } else {
        want(someOther(b, random), b);
      }
    }
    for (int i = 0; i < more && !mesh; i++) {
      int b = random.nextInt(1, sites);
      want(someOther(b, random), b);
    }
    world.words(-1, "network of " + wanted.size() + " links");
  }

  /// A site before this one, of another machine.
  private int someOther(int site, SplittableRandom lot) {
    int other;
    do {
      other = lot.nextInt(site);
    } while (key(other).equals(key(site)));
    return other;
  }

  private MachineId key(int site) {
    return world.sites().get(site).signer().machine();
  }

  /// Machines with the same key are never linked.
  private void want(int a, int b) {
    var pair = new Pair(a, b);
    if (!key(a).equals(key(b)) && !wanted.contains(pair)) {
      wanted.add(pair);
    }
  }

  /// It is linked with one or a few of the others.
  void newcomer(int site, SplittableRandom lot) {
    int links = lot.nextInt(1, 4);
    for (int i = 0; i < links; i++) {
      want(someOther(site, lot), site);
    }
    dial();
  }

  /// Begins to dial, and never stops.
  void tend() {
    dial();
    world.in(random.nextLong(SECOND_NANOS / 2, 2 * SECOND_NANOS), this::tend);
  }

  private void dial() {
    for (var pair : List.copyOf(wanted)) {
      var a = world.sites().get(pair.a);
      var b = world.sites().get(pair.b);
      if (reaches(a, b) && (!world.hasOverlay() || isDue(a, b))) {
        world.connect(a, b);
      }
    }
  }

  private boolean isDue(Site a, Site b) {
    return world.isAlone(a) || world.isAlone(b) || random.nextInt(RARELY) == 0;
  }

  /// Whether a machine can dial the other now.
  boolean reaches(Site from, Site to) {
    return open && together(from.number(), to.number());
  }

  private boolean together(int a, int b) {
    return island.contains(a) == island.contains(b)
        && !isolated.contains(a)
        && !isolated.contains(b);
  }

  /// Whether all who ought to be linked are, by links that carry; with an overlay, whether all are
  /// linked directly or through others.
  boolean complete() {
    var sites = world.sites();
    var links = world.links();
    if (world.hasOverlay()) {
      return connected(sites, links);
    }
    return wanted.stream()
        .allMatch(pair ->
            links.stream()
                .anyMatch(
                    link -> link.sound() && link.connects(sites.get(pair.a), sites.get(pair.b))));
  }

  private static boolean connected(List<Site> sites, List<Link> links) {
    var reached = new LinkedHashSet<Site>();
    var work = new ArrayDeque<Site>();
    work.add(sites.getFirst());
    while (!work.isEmpty()) {
      var site = work.removeFirst();
      if (reached.add(site)) {
        for (var link : links) {
          if (link.sound() && link.first() == site) {
            work.add(link.second());
          } else if (link.sound() && link.second() == site) {
            work.add(link.first());
          }
        }
      }
    }
    return reached.size() == sites.size();
  }

  /// No link between the two groups can be made, and those that are up fall silent.
  ///
  /// @param bothWays otherwise what the island says still arrives
  void part(Set<Integer> group, boolean bothWays) {
    island = new TreeSet<>(group);
    for (var link : world.links()) {
      boolean first = island.contains(link.first().number());
      if (first != island.contains(link.second().number())) {
        link.fallSilent(bothWays || first, bothWays || !first);
      }
    }
  }

  /// One machine is cut off from all others.
  void isolate(int site) {
    isolated = Set.of(site);
    for (var link : world.links()) {
      if (link.first().number() == site || link.second().number() == site) {
        link.cut();
      }
    }
  }

  void join(int site) {
    isolated = Set.of();
    world.words(site, "no longer alone");
  }

  /// Everybody can reach everybody.
  void whole() {
    island = Set.of();
    isolated = Set.of();
  }

  /// Cuts every link, and makes none until [#reopen].
  void close() {
    open = false;
    world.links().forEach(Link::cut);
    world.visitorsLeave();
  }

  void reopen() {
    open = true;
    dial();
  }
}
