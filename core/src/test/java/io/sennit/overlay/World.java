package io.sennit.overlay;

import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Many overlays, links between them that take their time, and a clock that jumps to what happens
/// next.
final class World {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;

  /// How long somebody tries to dial who does not answer.
  private static final long DIAL_NANOS = 3 * SECOND;

  private final SplittableRandom random;
  private final PriorityQueue<Happening> queue = new PriorityQueue<>();
  final List<Host> hosts = new ArrayList<>();
  private final Map<MachineId, Host> byMachine = new HashMap<>();
  private long sequence;
  private int peers;
  long now;

  /// Everything that was said, in order, as a number.
  long trace;

  long bytes;

  /// Regions of the world, as points in a plane of milliseconds one way.
  private final int regions;

  private record Happening(long at, long sequence, Runnable what) implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      int order = Long.compare(at, other.at);
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  World(SplittableRandom random, int regions) {
    this.random = random;
    this.regions = regions;
    now = random.nextLong(1L << 40);
  }

  /// Where a link leads, from one end.
  record End(Host other, int otherPeer) {}

  /// A machine: an overlay and its driver.
  final class Host implements Effects {
    final Contact contact;
    final int index = hosts.size();
    Overlay overlay;
    final Map<Integer, End> links = new HashMap<>();
    final Map<Long, Long> arrivedAt = new HashMap<>();
    final double x;
    final double y;
    final double lastMile = 1 + random.nextDouble(5);
    boolean alive = true;
    private long timers;
    long copies;
    int sizeBytes = 300;

    Host(Capacity capacity, boolean dialable) {
      var region = new SplittableRandom(random.nextInt(regions));
      x = region.nextDouble(120) + random.nextDouble(5);
      y = region.nextDouble(60) + random.nextDouble(5);
      var id =
          new MachineId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      contact = new Contact(id, dialable ? "host:" + index : "", capacity, Coordinate.UNKNOWN);
      overlay = new Overlay(contact, random.nextLong());
      byMachine.put(id, this);
    }

    long latency(Host other) {
      double millis = Math.hypot(x - other.x, y - other.y) + lastMile + other.lastMile;
      return (long) (millis * MILLI);
    }

    void start(List<Contact> known) {
      overlay.start(known, now, this);
    }

    @Override
    public void send(int peer, OverlayMessage message) {
      trace = trace * 31 + message.hashCode() + peer;
      bytes += Sizes.of(message) + 4;
      var end = links.get(peer);
      if (end != null) {
        after(
            latency(end.other),
            () -> {
              if (end.other.alive && end.other.links.containsKey(end.otherPeer)) {
                end.other.overlay.received(end.otherPeer, message, now, end.other);
              }
            });
      }
    }

    @Override
    public void dial(Contact wanted) {
      trace = trace * 31 + wanted.hashCode();
      assertDialable(wanted);
      var other = byMachine.get(wanted.machine());
      if (other == null || !other.alive) {
        after(DIAL_NANOS, () -> ifAlive(() -> overlay.unreachable(wanted, now, this)));
        return;
      }
      int peer = peers++;
      int otherPeer = peers++;
      after(
          2 * latency(other),
          () -> {
            if (!other.alive || !alive) {
              ifAlive(() -> overlay.unreachable(wanted, now, this));
              return;
            }
            links.put(peer, new End(other, otherPeer));
            other.links.put(otherPeer, new End(this, peer));
            other.overlay.up(otherPeer, contact.machine(), false, now, other);
          });
      after(
          3 * latency(other),
          () ->
              ifAlive(() -> {
                if (links.containsKey(peer)) {
                  overlay.up(peer, wanted.machine(), true, now, this);
                } else {
                  overlay.unreachable(wanted, now, this);
                }
              }));
    }

    private void assertDialable(Contact wanted) {
      if (!wanted.dialable() || wanted.machine().equals(contact.machine())) {
        throw new AssertionError("cannot be dialled: " + wanted);
      }
    }

    @Override
    public void hangUp(int peer, String why) {
      trace = trace * 31 + why.hashCode();
      var end = links.remove(peer);
      if (end != null) {
        after(latency(end.other), () -> end.other.cut(end.otherPeer));
      }
    }

    private void cut(int peer) {
      if (links.remove(peer) != null && alive) {
        overlay.down(peer, now, this);
      }
    }

    @Override
    public void give(int peer, long run, Route route) {
      trace = trace * 31 + run + route.hops();
      var end = links.get(peer);
      if (end == null) {
        return;
      }
      if (!arrivedAt.containsKey(run)) {
        throw new AssertionError("gives what it does not have");
      }
      after(
          latency(end.other),
          () -> {
            if (end.other.alive && end.other.links.containsKey(end.otherPeer)) {
              end.other.takes(end.otherPeer, run, route, sizeBytes);
            }
          });
    }

    private void takes(int peer, long run, Route route, int size) {
      copies++;
      boolean fresh = overlay.arriving(peer, run, route, now);
      if (fresh == arrivedAt.containsKey(run)) {
        throw new AssertionError("known is not " + !fresh);
      }
      if (fresh) {
        arrivedAt.put(run, now);
        sizeBytes = size;
        overlay.admitted(run, size, now, this);
      }
    }

    @Override
    public void timer(long delayNanos) {
      long number = ++timers;
      after(
          delayNanos,
          () -> {
            if (alive && number == timers) {
              overlay.timer(now, this);
            }
          });
    }

    void write(long run, int size) {
      arrivedAt.put(run, now);
      sizeBytes = size;
      overlay.wrote(run, size, now, this);
      if (overlay.mesh()) {
        for (int peer : overlay.peers()) {
          give(peer, run, Route.DIRECT);
        }
      }
    }

    /// Ends. Whether the others notice by their links, or only by its silence.
    void crash(boolean noticed) {
      alive = false;
      if (noticed) {
        for (var end : List.copyOf(links.values())) {
          after(latency(end.other), () -> end.other.cut(end.otherPeer));
        }
      }
      links.clear();
    }

    private void ifAlive(Runnable what) {
      if (alive) {
        what.run();
      }
    }

    /// The hosts it counts as neighbours.
    List<Host> neighbours() {
      var neighbours = new ArrayList<Host>();
      for (int peer : overlay.peers()) {
        var end = links.get(peer);
        neighbours.add(end == null ? this : end.other);
      }
      return neighbours;
    }

    @Nullable Host at(int peer) {
      var end = links.get(peer);
      return end == null ? null : end.other;
    }
  }

  Host add(Capacity capacity, boolean dialable) {
    var host = new Host(capacity, dialable);
    hosts.add(host);
    return host;
  }

  /// Adds so many, one every so often, each knowing one that is there already.
  void join(int count, long everyNanos, Capacity capacity) {
    for (int i = 0; i < count; i++) {
      joinOne(capacity, true);
      run(everyNanos);
    }
  }

  Host joinOne(Capacity capacity, boolean dialable) {
    var known = new ArrayList<Contact>();
    while (!hosts.isEmpty() && known.isEmpty()) {
      var other = hosts.get(random.nextInt(hosts.size()));
      if (other.alive && other.contact.dialable()) {
        known.add(other.contact);
      }
    }
    var host = add(capacity, dialable);
    host.start(known);
    return host;
  }

  List<Host> alive() {
    return hosts.stream().filter(host -> host.alive).toList();
  }

  Host any() {
    var alive = alive();
    return alive.get(random.nextInt(alive.size()));
  }

  void after(long delayNanos, Runnable what) {
    queue.add(new Happening(now + delayNanos, sequence++, what));
  }

  /// Lets so much time pass.
  void run(long nanos) {
    long end = now + nanos;
    for (var next = queue.peek(); next != null && next.at <= end; next = queue.peek()) {
      queue.remove();
      now = next.at;
      next.what.run();
    }
    now = end;
  }
}
