package io.sennit.node;

import io.sennit.store.ReopenableStore;
import io.sennit.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The platform thread that reads the log again, record by record, round and round, while the
/// machine runs: so that what a disk has forgotten is found, and healed, while peers have it.
///
/// It works for a small part of the time, and rests between passes. A pass begins anywhere, so that
/// a machine that is often started again comes to look at everything, too.
final class Scrubber {
  /// How hard it works.
  ///
  /// @param first how long after the start
  /// @param share it rests so many times as long as it worked
  /// @param rest from the end of a pass to the beginning of the next
  record Pace(Duration first, int share, Duration rest) {
    static final Pace DEFAULT = new Pace(Duration.ofSeconds(10), 49, Duration.ofHours(6));
  }

  private static final Logger LOG = System.getLogger(Scrubber.class.getName());

  /// Findings of one pass that are named in the log.
  private static final int NAMED_MAX = 100;

  private final ReopenableStore store;
  private final Pace pace;
  private final RandomGenerator random;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("sennit-scrub").daemon().unstarted(this::run);
  private volatile ScrubStatus status = ScrubStatus.NONE;
  private int named;

  Scrubber(ReopenableStore store, Pace pace, RandomGenerator random, Clock clock) {
    this.store = store;
    this.pace = pace;
    this.random = random;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  ScrubStatus status() {
    return status;
  }

  private void run() {
    try {
      boolean goesOn = rest(pace.first());
      while (goesOn) {
        goesOn = pass() && rest(pace.rest());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// From anywhere to the end, and from the beginning to there.
  private boolean pass() throws InterruptedException {
    long count = store.count();
    long start = random.nextLong(1, count + 1);
    named = 0;
    status = status.begun(count);
    if (!stretch(start, count) || !stretch(1, start - 1)) {
      return false;
    }
    status = status.ended(Instant.now(clock));
    LOG.log(Level.INFO, "the log was read again: {0}", new Field("events", count));
    return true;
  }

  private boolean stretch(long from, long to) throws InterruptedException {
    for (long position = from; position <= to; ) {
      long begin = System.nanoTime();
      long last = Math.min(to, look(position));
      status = status.checked(last - position + 1);
      position = last + 1;
      if (!rest(Duration.ofNanos((System.nanoTime() - begin) * pace.share()))) {
        return false;
      }
    }
    return true;
  }

  /// @return the last position it looked at
  private long look(long position) {
    try {
      var scrubbed = store.scrub(position);
      scrubbed.findings().forEach(this::name);
      return scrubbed.last();
    } catch (StoreException e) {
      name(String.valueOf(e.getMessage()));
      return position;
    }
  }

  private void name(Object finding) {
    if (closed.getCount() > 0 && named++ < NAMED_MAX) {
      LOG.log(Level.WARNING, "found while reading the log again: {0}", finding);
    }
  }

  /// @return false when it is over
  private boolean rest(Duration time) throws InterruptedException {
    return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Waits for the look it is taking.
  void close() throws InterruptedException {
    closed.countDown();
    thread.join();
  }
}
