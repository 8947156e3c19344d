package io.sennit.app.watch;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import java.util.Optional;
import java.util.function.Supplier;

/// A machine that is asked again and again.
public final class Watched {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// One that has been asked for so long and has not answered is said to be silent.
  private static final long SILENT_NANOS = 3 * SECOND_NANOS;

  private final String name;
  private final Supplier<Optional<HttpDoor>> daemon;
  private final int events;

  private volatile Sight last;
  private volatile long askedNanos;
  private volatile boolean asking;
  private long countedNanos;
  private long counted = -1;

  /// @param name how the command line calls it
  /// @param daemon finds it, each time anew
  /// @param events of the end of the graph
  public Watched(String name, Supplier<Optional<HttpDoor>> daemon, int events) {
    this.name = name;
    this.daemon = daemon;
    this.events = events;
    this.last = Sight.none(name, "not asked yet");
  }

  /// Asks it, however long that takes. One thread asks at a time.
  public void ask() {
    askedNanos = System.nanoTime();
    asking = true;
    try {
      last = look();
    } finally {
      asking = false;
    }
  }

  private Sight look() {
    try {
      var found = daemon.get();
      if (found.isEmpty()) {
        return Sight.none(name, "no daemon runs it");
      }
      try (var door = found.get()) {
        var status = Json.read(door.status());
        var rate = perSecond(Json.number(status, "events"), System.nanoTime());
        return new Sight(name, status, rate, door.top(events), "");
      }
    } catch (Door.RefusedException e) {
      return Sight.none(name, String.valueOf(e.getMessage()));
    }
  }

  private double perSecond(long count, long nowNanos) {
    double rate =
        counted < 0 || nowNanos == countedNanos
            ? 0
            : (count - counted) * (double) SECOND_NANOS / (nowNanos - countedNanos);
    counted = count;
    countedNanos = nowNanos;
    return Math.max(0, rate);
  }

  /// How it looked last; one that takes long to answer is silent.
  public Sight sight() {
    long waitedNanos = System.nanoTime() - askedNanos;
    return asking && waitedNanos > SILENT_NANOS
        ? Sight.none(name, "silent for " + waitedNanos / SECOND_NANOS + " s")
        : last;
  }
}
