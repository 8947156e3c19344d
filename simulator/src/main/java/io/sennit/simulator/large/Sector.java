package io.sennit.simulator.large;

import io.sennit.overlay.Route;

/// A share of the machines, with a time of its own: what happens to them, in order, whatever the
/// other sectors are doing meanwhile.
///
/// No frame is faster than light, so a sector can go ahead by the shortest way that there is
/// between two machines before it has to hear what the others have sent (conservative windows;
/// Nicol, "The cost of conservative synchronization in parallel discrete event simulations", JACM
/// 1993). What it sends to another sector waits in an [Outbox] until the window is over; then each
/// sector takes in what came for it, sector by sector. So the order of all that happens to a
/// machine is the same, whoever drives which sector and how quickly.
final class Sector {
  /// Entries whose machines are touched together.
  private static final int TOGETHER = 16;

  private final int number;
  private final Sectors sectors;
  private final Wheel wheel = new Wheel();
  private final Frames frames = new Frames();
  private final Ends ends = new Ends();
  private final TraceHash trace = new TraceHash();

  /// What was sent to each sector in this window, and in the one before, by the parity of windows.
  private final Outbox[][] outboxes = new Outbox[2][Sectors.COUNT];

  private int parity;
  private int running;
  private long deliveries;

  /// Sum of what was read too early, so that the compiler does not leave that out.
  private int unused;

  Sector(int number, Sectors sectors) {
    this.number = number;
    this.sectors = sectors;
    for (var boxes : outboxes) {
      for (int to = 0; to < Sectors.COUNT; to++) {
        boxes[to] = new Outbox();
      }
    }
  }

  Wheel wheel() {
    return wheel;
  }

  Frames frames() {
    return frames;
  }

  /// Ends of links at machines of this sector.
  Ends ends() {
    return ends;
  }

  int running() {
    return running;
  }

  /// One machine more or less runs.
  void runs(int by) {
    running += by;
  }

  long deliveries() {
    return deliveries;
  }

  TraceHash trace() {
    return trace;
  }

  /// Frames that are under way to machines here, or wait to be taken in elsewhere.
  int framesUnderWay() {
    int frames = this.frames.size();
    for (var boxes : outboxes) {
      for (var box : boxes) {
        frames += box.size();
      }
    }
    return frames;
  }

  long sizeBytes() {
    long size = wheel.sizeBytes() + frames.sizeBytes() + ends.sizeBytes();
    for (var boxes : outboxes) {
      for (var box : boxes) {
        size += box.sizeBytes();
      }
    }
    return size;
  }

  /// Lets something happen to a machine of any sector, at a tick that is beyond this window if it
  /// is another's.
  void post(long tick, int kind, int machine, int link, int word, Object body) {
    int to = sectors.of(machine);
    if (to == number) {
      put(tick, kind, machine, link, word, body);
    } else {
      outboxes[parity][to].add(tick, kind, machine, link, word, body);
    }
  }

  private void put(long tick, int kind, int machine, int link, int word, Object body) {
    wheel.put(tick, Entry.of(kind, machine, frames.put(body, link, word)));
  }

  /// Takes in what all sectors sent here in the window before, and lets everything happen until the
  /// end of this one.
  void run(Sector[] all, long until, World world, Inhabitants inhabitants) {
    parity ^= 1;
    for (var from : all) {
      var box = from.outboxes[parity ^ 1][number];
      for (int i = 0; i < box.size(); i++) {
        put(box.tick(i), box.kind(i), box.machine(i), box.link(i), box.word(i), box.body(i));
      }
      box.clear();
    }
    int touched = 0;
    while (wheel.poll(until)) {
      if (touched == 0) {
        touched = touch(inhabitants);
      }
      touched--;
      long entry = wheel.entry();
      int kind = Entry.kind(entry);
      int handle = Entry.handle(entry);
      deliveries++;
      if (Entry.isPosted(kind)) {
        int link = frames.link(handle);
        int word = frames.word(handle);
        var body = frames.body(handle);
        frames.remove(handle);
        trace.add(wheel.tick(), entry, word);
        world.comes(kind, Entry.machine(entry), link, word, body, inhabitants);
      } else {
        trace.add(wheel.tick(), entry, kind);
        world.happens(kind, Entry.machine(entry), handle, inhabitants);
      }
    }
  }

  /// Reads a little of what the next entries will need. Machines lie far apart in memory; asked for
  /// several at once, a processor waits for all of them about as long as for one.
  ///
  /// @return for how many entries that is done
  private int touch(Inhabitants inhabitants) {
    int count = Math.min(TOGETHER, wheel.inRow());
    int read = 0;
    for (int i = 0; i < count; i++) {
      long entry = wheel.ahead(i);
      read += inhabitants.touch(Entry.machine(entry));
      if (Entry.kind(entry) == Entry.FRAME) {
        int handle = Entry.handle(entry);
        read += ends.at(frames.link(handle));
        read += frames.body(handle) instanceof Route ? 1 : 0;
      }
    }
    unused += read;
    return count;
  }
}
