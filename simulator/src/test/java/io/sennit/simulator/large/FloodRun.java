package io.sennit.simulator.large;

import java.util.Locale;

/// Measures the engine alone: `FloodRun MACHINES BROADCASTS`. Not a test.
final class FloodRun {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private FloodRun() {}

  public static void main(String[] args) {
    int machines = Integer.parseInt(args[0]);
    int broadcasts = Integer.parseInt(args[1]);
    long before = used();
    var world = new World(machines, Topology.world(), 0, 1);
    var flood = new Flood(world, 4);
    for (int machine = 0; machine < machines; machine++) {
      world.startAfter(machine, world.dice().between(machine, 0, SECOND_NANOS));
    }
    long began = System.nanoTime();
    world.runUntil(5 * SECOND_NANOS, flood);
    say("linked", world, 0, began, machines, used() - before);
    for (int i = 0; i < broadcasts; i++) {
      long entries = world.deliveries();
      long start = System.nanoTime();
      long from = world.nowNanos();
      flood.say(i * 7919 % machines, i);
      world.runUntil(world.nowNanos() + 2 * SECOND_NANOS, flood);
      say(
          "reached "
              + flood.reached()
              + ", the last after "
              + (flood.lastNanos() - from) / 1_000_000
              + " ms",
          world,
          entries,
          start,
          machines,
          0);
    }
    say("end", world, 0, began, machines, used() - before);
    System.out.println(world.traceHash());
  }

  private static long used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(
      String what, World world, long entries, long startNanos, int machines, long bytes) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %,d entries in %.2f s, %.2f M/s; %d bytes per machine%n",
        what,
        world.deliveries() - entries,
        seconds,
        (world.deliveries() - entries) / seconds / 1e6,
        bytes / machines);
  }
}
