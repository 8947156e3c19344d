package io.sennit.simulator.large;

import java.util.Arrays;

/// Links between machines: dialled, carrying frames in order, cut, silent.
///
/// A frame leaves when the sender's uplink is free, takes the way between the two machines, one
/// millisecond in which it is handled, and up to two of jitter. A frame that is lost is sent again,
/// after a retransmission time-out that doubles; what was sent later on that link waits for it.
/// Across links nothing is in order.
///
/// Each end of a link has a number of its own ([Ends]). What happens to a machine touches its own
/// sector only; whatever concerns the machine at the other end is sent there.
final class Network {
  private static final int[] NO_LINKS = {};
  private static final long MICRO_NANOS = 1_000;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// Checking a frame and, for a payload, the sync of the disk.
  static final long PROCESSING_NANOS = 1_000_000;

  private static final int JITTER_NANOS = 2_000_000;

  /// Least wait of TCP before it sends again.
  private static final long RESEND_NANOS_MIN = 200_000_000;

  /// Of frames that are lost, one in so many loses the link.
  private static final int RESETS = 1000;

  /// Bytes of TLS, TCP and IP around a frame: they count for the uplink only.
  private static final int ENVELOPE_BYTES = 62;

  /// How long one waits for an answer to a dial.
  private static final long DIAL_PATIENCE_NANOS = 5 * SECOND_NANOS;

  /// When a link whose other end is silent is given up by TCP.
  private static final long SILENCE_NANOS_MIN = 60 * SECOND_NANOS;

  private static final long SILENCE_NANOS_MAX = 120 * SECOND_NANOS;

  /// What is posted without a frame.
  private static final Object NO_BODY = "no body";

  private final Sectors sectors;
  private final Sector[] all;
  private final Places places;
  private final Dice dice;
  private final double loss;
  private final int lossOf32Bits;

  /// Links that are open at each machine, in the order in which they came, but that the last takes
  /// the place of one that goes.
  private final int[][] links;

  private final short[] linkCounts;
  private final boolean[] running;

  /// Vanished without a word: whoever dials it hears nothing at all.
  private final boolean[] silent;

  private final long[] uplinkBusyUntil;

  /// Whether what is sent from one region to another never arrives.
  private final boolean[] cut;

  private final int regions;

  Network(Sectors sectors, Sector[] all, Places places, Dice dice, Topology topology, double loss) {
    this.sectors = sectors;
    this.all = all;
    this.places = places;
    this.dice = dice;
    this.loss = loss;
    lossOf32Bits = (int) (long) (loss * 0x1p32);
    regions = topology.regions().size();
    cut = new boolean[regions * regions];
    int machines = places.machines();
    links = new int[machines][];
    Arrays.fill(links, NO_LINKS);
    linkCounts = new short[machines];
    running = new boolean[machines];
    silent = new boolean[machines];
    uplinkBusyUntil = new long[machines];
  }

  /// The sector that a machine belongs to.
  Sector sector(int machine) {
    return all[sectors.of(machine)];
  }

  private Ends ends(int machine) {
    return sector(machine).ends();
  }

  private long now(int machine) {
    return sector(machine).wheel().nowNanos();
  }

  boolean running(int machine) {
    return running[machine];
  }

  /// Frames under way.
  int framesUnderWay() {
    return Arrays.stream(all).mapToInt(Sector::framesUnderWay).sum();
  }

  /// What its lists take of the heap, about, without what is the same from the beginning.
  long sizeBytes() {
    long lists = 0;
    for (var list : links) {
      lists += list.length == 0 ? 0 : 16 + 4L * list.length;
    }
    return lists;
  }

  /// Links that are open at this machine.
  int linkCount(int machine) {
    return linkCounts[machine];
  }

  /// One of them, by its place in the list.
  int link(int machine, int index) {
    return links[machine][index];
  }

  /// Who is at the other end of a link that is open at this machine.
  int peer(int machine, int link) {
    var ends = ends(machine);
    return ends.peer(ends.openAt(link));
  }

  /// Whether both ends have it open and hear each other. Not to be asked while time goes on.
  boolean sound(int machine, int link) {
    var here = ends(machine);
    int at = here.openAt(link);
    var there = ends(here.peer(at));
    int far = there.openAt(here.far(at));
    return far != Ends.NONE && !here.isDeaf(at) && !there.isDeaf(far);
  }

  // ---- dialling

  /// Tries to link with a machine: it is told after a round trip, if it is there, and this one
  /// after half a round trip more.
  void dial(int machine, int peer) {
    int way = places.oneWayMicros(machine, peer);
    int end = ends(machine).make(machine, peer, way);
    long arrives =
        now(machine)
            + 2 * (way * MICRO_NANOS + PROCESSING_NANOS)
            + dice.below(machine, JITTER_NANOS);
    sector(machine).post(Wheel.tickAt(arrives), Entry.DIALLED, peer, end, machine, NO_BODY);
  }

  /// A dial has come to the machine that was dialled.
  ///
  /// @param end at the dialler
  void dialled(int machine, int end, int dialler, Inhabitants inhabitants) {
    var sector = sector(machine);
    boolean heard = !blocked(machine, dialler) && !blocked(dialler, machine);
    if (!heard || !places.dialable(machine) || machine == dialler || silent[machine]) {
      long gaveUp = now(machine) + DIAL_PATIENCE_NANOS;
      sector.post(Wheel.tickAt(gaveUp), Entry.REFUSED, dialler, end, machine, NO_BODY);
      return;
    }
    int way = places.oneWayMicros(machine, dialler);
    long tick = Wheel.tickAt(now(machine) + way * MICRO_NANOS + PROCESSING_NANOS);
    if (!running[machine] || linked(machine, dialler) || full(machine)) {
      sector.post(tick, Entry.REFUSED, dialler, end, machine, NO_BODY);
      return;
    }
    var ends = sector.ends();
    int own = ends.make(machine, dialler, way);
    int at = ends.at(own);
    ends.far(at, end);
    ends.open(at, list(machine, own));
    sector.post(ends.inOrder(at, tick), Entry.ACCEPTED, dialler, end, own, NO_BODY);
    inhabitants.up(machine, own, dialler, false);
  }

  /// The machine that was dialled has a link: so has the one that dialled.
  void accepted(int machine, int end, int far, Inhabitants inhabitants) {
    var sector = sector(machine);
    var ends = sector.ends();
    int at = ends.at(end);
    ends.far(at, far);
    if (running[machine] && !full(machine)) {
      ends.open(at, list(machine, end));
      inhabitants.up(machine, end, ends.peer(at), true);
    } else {
      tell(sector, at);
      ends.remove(at);
    }
  }

  /// No link came of a dial.
  void refused(int machine, int end, int peer, Inhabitants inhabitants) {
    var ends = ends(machine);
    ends.remove(ends.at(end));
    if (running[machine]) {
      inhabitants.unreachable(machine, peer);
    }
  }

  boolean linked(int machine, int peer) {
    for (int i = 0; i < linkCounts[machine]; i++) {
      if (peer(machine, links[machine][i]) == peer) {
        return true;
      }
    }
    return false;
  }

  private boolean full(int machine) {
    return linkCounts[machine] == Short.MAX_VALUE;
  }

  private int list(int machine, int link) {
    int count = linkCounts[machine];
    if (count == links[machine].length) {
      links[machine] = Arrays.copyOf(links[machine], Math.max(8, count * 2));
    }
    links[machine][count] = link;
    linkCounts[machine]++;
    return count;
  }

  /// The link is open no longer at this side.
  private void close(Ends ends, int at) {
    int machine = ends.machine(at);
    int index = ends.index(at);
    int last = --linkCounts[machine];
    int moved = links[machine][last];
    links[machine][index] = moved;
    ends.index(ends.at(moved), index);
    ends.remove(at);
  }

  // ---- frames

  /// Sends on a link; if it is open no longer, nothing happens.
  ///
  /// @param sizeBytes with the frame's own length, without the envelope
  void send(int machine, int link, Object body, int word, int sizeBytes) {
    var sector = sector(machine);
    var ends = sector.ends();
    int at = ends.openAt(link);
    if (at == Ends.NONE) {
      return;
    }
    long sent =
        Math.max(sector.wheel().nowNanos(), uplinkBusyUntil[machine])
            + places.uplinkNanos(machine, sizeBytes + ENVELOPE_BYTES);
    uplinkBusyUntil[machine] = sent;
    long drawn = dice.next(machine);
    long arrives =
        sent
            + ends.wayMicros(at) * MICRO_NANOS
            + PROCESSING_NANOS
            + (((drawn >>> 32) * JITTER_NANOS) >>> 32);
    if (loss > 0 && Integer.compareUnsigned((int) drawn, lossOf32Bits) < 0) {
      arrives += resent(sector, machine, link, at);
    }
    long tick = ends.inOrder(at, Wheel.tickAt(arrives));
    sector.post(tick, Entry.FRAME, ends.peer(at), ends.far(at), word, body);
  }

  /// A frame that has arrived arrives once more, up to a second later.
  void again(int machine, int link, Object body, int word) {
    long arrives = now(machine) + dice.between(machine, 0, SECOND_NANOS);
    sector(machine).post(Wheel.tickAt(arrives), Entry.FRAME, machine, link, word, body);
  }

  private long resent(Sector sector, int machine, int link, int at) {
    if (dice.below(machine, RESETS) == 0) {
      breaks(sector, machine, link, at);
    }
    long wait = RESEND_NANOS_MIN + 2L * sector.ends().wayMicros(at) * MICRO_NANOS;
    long all = wait;
    while (dice.unit(machine) < loss && wait < 10 * SECOND_NANOS) {
      wait *= 2;
      all += wait;
    }
    return all;
  }

  /// A frame comes to the machine it was sent to.
  void arrived(int machine, int link, int word, Object body, Inhabitants inhabitants) {
    var ends = ends(machine);
    int at = ends.openAt(link);
    if (at != Ends.NONE && !ends.isDeaf(at)) {
      inhabitants.arrived(machine, link, ends.peer(at), body, word);
    }
  }

  // ---- ends

  /// Ends a link after what was sent on it. The other side is told, this one is not.
  void hangUp(int machine, int link) {
    var sector = sector(machine);
    int at = sector.ends().openAt(link);
    if (at != Ends.NONE) {
      tell(sector, at);
      close(sector.ends(), at);
    }
  }

  /// The other side learns, in its turn, that this one is gone.
  private static void tell(Sector sector, int at) {
    var ends = sector.ends();
    long arrives = sector.wheel().nowNanos() + ends.wayMicros(at) * MICRO_NANOS + PROCESSING_NANOS;
    long tick = ends.inOrder(at, Wheel.tickAt(arrives));
    sector.post(tick, Entry.ENDED, ends.peer(at), ends.far(at), 0, NO_BODY);
  }

  /// Both sides learn, each at its own time, that a link no longer carries.
  private void breaks(Sector sector, int machine, int link, int at) {
    long now = sector.wheel().nowNanos();
    sector.post(
        Wheel.tickAt(now + dice.between(machine, 0, 2 * SECOND_NANOS)),
        Entry.DOWN,
        machine,
        link,
        0,
        NO_BODY);
    var ends = sector.ends();
    long way = ends.wayMicros(at) * MICRO_NANOS + PROCESSING_NANOS;
    downThere(sector, at, way + dice.between(machine, 0, 2 * SECOND_NANOS));
  }

  private static void downThere(Sector sector, int at, long delayNanos) {
    long tick = Wheel.tickAt(sector.wheel().nowNanos() + delayNanos);
    sector.post(tick, Entry.DOWN, sector.ends().peer(at), sector.ends().far(at), 0, NO_BODY);
  }

  /// A link has come to its end at one machine.
  ///
  /// @param told by the other side, who is gone already; to be heard only by who is not deaf
  void down(int machine, int link, boolean told, Inhabitants inhabitants) {
    var sector = sector(machine);
    var ends = sector.ends();
    int at = ends.openAt(link);
    if (at == Ends.NONE || (told && ends.isDeaf(at))) {
      return;
    }
    if (!told) {
      tell(sector, at);
    }
    int peer = ends.peer(at);
    close(ends, at);
    inhabitants.down(machine, link, peer);
  }

  // ---- machines

  void starts(int machine) {
    running[machine] = true;
    silent[machine] = false;
  }

  /// The machine is gone.
  ///
  /// @param silently without resets: its peers find out by themselves
  void crashes(int machine, boolean silently) {
    running[machine] = false;
    silent[machine] = silently;
    var sector = sector(machine);
    while (linkCounts[machine] > 0) {
      int at = sector.ends().openAt(links[machine][linkCounts[machine] - 1]);
      if (silently) {
        downThere(sector, at, silenceNanos(machine));
      } else {
        tell(sector, at);
      }
      close(sector.ends(), at);
    }
    links[machine] = NO_LINKS;
  }

  private long silenceNanos(int machine) {
    return dice.between(machine, SILENCE_NANOS_MIN, SILENCE_NANOS_MAX);
  }

  // ---- regions

  private boolean blocked(int from, int to) {
    return cut[places.region(from) * regions + places.region(to)];
  }

  /// Nothing that is sent from a region, or to it, arrives any more; links across its border are
  /// doomed, and each end finds out later. Not to be called while time goes on, nor is [#heal].
  ///
  /// @param inward whether the region does not hear the others either
  void partition(int region, boolean inward) {
    for (int other = 0; other < regions; other++) {
      if (other != region) {
        cut[region * regions + other] = true;
        cut[other * regions + region] |= inward;
      }
    }
    for (var sector : all) {
      for (int at = 0; at < sector.ends().end(); at += Ends.WIDTH) {
        doom(sector, at, region);
      }
    }
  }

  private void doom(Sector sector, int at, int region) {
    var ends = sector.ends();
    if (!ends.isOpen(at)) {
      return;
    }
    int machine = ends.machine(at);
    int peer = ends.peer(at);
    if ((places.region(machine) == region) == (places.region(peer) == region)) {
      return;
    }
    if (blocked(peer, machine)) {
      ends.deafen(at);
    }
    long tick = Wheel.tickAt(sector.wheel().nowNanos() + silenceNanos(machine));
    sector.post(tick, Entry.DOWN, machine, ends.number(at), 0, NO_BODY);
  }

  /// Every region reaches every other. Links that were doomed stay so.
  void heal() {
    Arrays.fill(cut, false);
  }
}
