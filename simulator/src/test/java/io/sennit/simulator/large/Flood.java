package io.sennit.simulator.large;

import java.util.Arrays;

/// The simplest thing that can live in a world: each machine dials a few others, and gives what it
/// hears for the first time to all it is linked with.
final class Flood implements Inhabitants {
  private static final Object PAYLOAD = "payload";
  private static final int SIZE_BYTES = 300;

  private final World world;
  private final int dials;

  /// The last of its numbers that each machine has heard.
  private final int[] heard;

  private int reached;
  private long payloads;
  private long atNanosMax;

  Flood(World world, int dials) {
    this.world = world;
    this.dials = dials;
    heard = new int[world.machines()];
    Arrays.fill(heard, -1);
  }

  /// Machines that have heard the last number, and all payloads that arrived.
  int reached() {
    return reached;
  }

  long payloads() {
    return payloads;
  }

  /// When the last machine heard for the first time.
  long lastNanos() {
    return atNanosMax;
  }

  /// A machine says the next number, greater than all before.
  void say(int machine, int number) {
    reached = 0;
    hear(machine, number, -1);
  }

  private void hear(int machine, int number, int butLink) {
    if (number <= heard[machine]) {
      return;
    }
    heard[machine] = number;
    reached++;
    atNanosMax = Math.max(atNanosMax, world.nowNanos(machine));
    var network = world.network();
    for (int i = 0; i < network.linkCount(machine); i++) {
      int link = network.link(machine, i);
      if (link != butLink) {
        network.send(machine, link, PAYLOAD, number, SIZE_BYTES);
      }
    }
  }

  @Override
  public void started(int machine) {
    for (int i = 0; i < dials; i++) {
      int peer = world.dice().below(machine, world.machines());
      if (peer != machine) {
        world.network().dial(machine, peer);
      }
    }
    world.alarms().set(machine, 0, 1_000_000_000L);
  }

  @Override
  public void crashed(int machine) {}

  @Override
  public void up(int machine, int link, int peer, boolean dialled) {}

  @Override
  public void down(int machine, int link, int peer) {}

  @Override
  public void unreachable(int machine, int peer) {}

  @Override
  public void arrived(int machine, int link, int peer, Object body, int word) {
    payloads++;
    hear(machine, word, link);
  }

  @Override
  public void rang(int machine, int which) {
    world.alarms().set(machine, which, 10_000_000_000L);
  }
}
