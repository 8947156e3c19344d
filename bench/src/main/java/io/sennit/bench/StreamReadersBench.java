package io.sennit.bench;

import io.sennit.bench.peer.Order;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/// A thousand readers of the daemon's stream, some of which are cut again and again.
final class StreamReadersBench implements Measurement {
  private static final int READERS = 1_000;
  private static final int EVENTS = 6_000;
  private static final long EVERY_NANOS = 5_000_000L;

  /// A reader is cut once for so many passes over the selector, on average.
  private static final int CUT_ONCE_IN = 4;

  /// Of the deliveries, one in so many is timed.
  private static final int TIMED_ONE_IN = 97;

  /// What a round found.
  private record Found(
      double perSecond, double half, double most, double cuts, double cpuPercent) {}

  @Override
  public String name() {
    return "stream-readers";
  }

  @Override
  public Result run(Options options) throws IOException, InterruptedException {
    var rounds = new ArrayList<Found>();
    for (int round = 0; round < options.rounds(); round++) {
      long seed = Long.getLong("seed", new SplittableRandom().nextLong());
      System.err.printf(
          "  stream-readers, round %d of %d, -Dseed=%d%n", round + 1, options.rounds(), seed);
      try (var folder = Folder.fresh();
          var daemon = new DaemonProcess(folder.in("daemon"))) {
        rounds.add(round(daemon, new SplittableRandom(seed)));
      }
    }
    return new Result(
        "stream-readers",
        "%,d readers hold `GET /v1/stream` of a daemon in a process of its own, on the same cores, while 200 orders a second are posted for %d seconds. Meanwhile readers are cut at random, wherever they are, and resume with `Last-Event-ID`. Each must see every event once and in order, or the run fails. The time begins before the post and ends when the reader has parsed the event."
            .formatted(READERS, EVENTS * EVERY_NANOS / 1_000_000_000L),
        Surroundings.describe(),
        List.of(
            figure("deliveries, all readers together", "events/s", rounds, Found::perSecond),
            figure("half of the deliveries within", "ms", rounds, Found::half),
            figure("99 of 100 deliveries within", "ms", rounds, Found::most),
            figure("readers cut", "cuts", rounds, Found::cuts),
            figure("daemon's share of one core", "%", rounds, Found::cpuPercent)));
  }

  private static Figure figure(
      String name, String unit, List<Found> rounds, ToDoubleFunction<Found> of) {
    return new Figure(name, unit, rounds.stream().map(of::applyAsDouble).toList());
  }

  private static Found round(DaemonProcess daemon, SplittableRandom random)
      throws IOException, InterruptedException {
    var begin = newest(daemon);
    long first = Long.parseLong(begin.substring(0, begin.indexOf(':'))) + 1;
    var saidNanos = new long[EVENTS];
    var millis = new ArrayList<Double>();
    var deliveries = new long[1];
    try (var selector = Selector.open()) {
      var readers = new ArrayList<StreamConnection>();
      for (int n = 0; n < READERS; n++) {
        readers.add(
            new StreamConnection(
                daemon.port(),
                selector,
                begin,
                position -> {
                  if (++deliveries[0] % TIMED_ONE_IN == 0) {
                    long nanos = System.nanoTime() - saidNanos[(int) (position - first)];
                    millis.add(nanos / 1e6);
                  }
                }));
      }
      double cpuBegin = daemon.cpuSeconds();
      long beginNanos = System.nanoTime();
      var writer = CompletableFuture.runAsync(() -> write(daemon, saidNanos));
      long cuts = 0;
      var buffer = ByteBuffer.allocateDirect(256 * 1024);
      long end = first + EVENTS - 1;
      while (readers.stream().anyMatch(reader -> reader.position() < end)) {
        selector.select(1_000);
        for (var key : selector.selectedKeys()) {
          if (key.isValid() && key.attachment() instanceof StreamConnection reader) {
            reader.read(buffer);
          }
        }
        selector.selectedKeys().clear();
        if (random.nextInt(CUT_ONCE_IN) == 0) {
          readers.get(random.nextInt(READERS)).cut();
          cuts++;
        }
        if (writer.isCompletedExceptionally()) {
          writer.join();
        }
      }
      double seconds = (System.nanoTime() - beginNanos) / 1e9;
      if (deliveries[0] != (long) READERS * EVENTS) {
        throw new IOException("deliveries: " + deliveries[0]);
      }
      var sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new Found(
          deliveries[0] / seconds,
          sorted[sorted.length / 2],
          sorted[sorted.length * 99 / 100],
          cuts,
          100 * (daemon.cpuSeconds() - cpuBegin) / seconds);
    }
  }

  /// The cursor of the newest event: that of a first one, which is posted here.
  private static String newest(DaemonProcess daemon) throws IOException {
    try (var http = new HttpClientSocket(daemon.port(), "application/json")) {
      var event = new String(http.post(new Order(0, 0).json()), StandardCharsets.UTF_8);
      var uuid = event.replaceFirst("(?s).*\"uuid\":\"([0-9a-f]{64})\".*", "$1");
      return "2:" + uuid;
    }
  }

  private static void write(DaemonProcess daemon, long[] saidNanos) {
    try (var http = new HttpClientSocket(daemon.port(), "application/json")) {
      long next = System.nanoTime();
      for (int n = 0; n < EVENTS; n++) {
        next += EVERY_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
        saidNanos[n] = System.nanoTime();
        http.post(new Order(1, n).json());
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
