package io.sennit.bench;

import io.sennit.bench.peer.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Durable appending through the HTTP API, beside the same through the library.
final class HttpPostersBench implements Measurement {
  private static final int POSTERS = 64;
  private static final int LINES = 1_000;
  private static final long ROUND_NANOS = 5_000_000_000L;

  /// While the compiler shares two cores with the clients, it needs about so long for the daemon.
  private static final long WARM_UP_NANOS = 25_000_000_000L;

  /// Posts until the time is over; answers how many events were acknowledged.
  private interface Poster {
    long post(DaemonProcess daemon, int client, long endNanos) throws IOException;
  }

  /// What a round found.
  private record Load(double perSecond, double cpuMicros) {}

  @Override
  public String name() {
    return "http-posters";
  }

  @Override
  public Result run(Options options) throws IOException, InterruptedException {
    var library = new ArrayList<Double>();
    var single = new ArrayList<Double>();
    var cpu = new ArrayList<Double>();
    var lines = new ArrayList<Double>();
    var linesCpu = new ArrayList<Double>();
    try (var folder = Folder.fresh();
        var writer = new SennitWriter(folder.in("library"));
        var singles = new DaemonProcess(folder.in("singles"));
        var bulk = new DaemonProcess(folder.in("bulk"))) {
      var clients = new Clients("64 waiting clients", POSTERS);
      long warmUpNanos = options.quick() ? ROUND_NANOS : WARM_UP_NANOS;
      clients.load(writer, warmUpNanos, 0);
      load(singles, HttpPostersBench::single, warmUpNanos);
      load(bulk, HttpPostersBench::lines, warmUpNanos);
      for (int round = 1; round <= options.rounds(); round++) {
        bulk.awaitRest();
        library.add(clients.load(writer, ROUND_NANOS, 0));
        var found = load(singles, HttpPostersBench::single, ROUND_NANOS);
        single.add(found.perSecond);
        cpu.add(found.cpuMicros);
        singles.awaitRest();
        found = load(bulk, HttpPostersBench::lines, ROUND_NANOS);
        lines.add(found.perSecond);
        linesCpu.add(found.cpuMicros);
        System.err.printf("  http-posters, round %d of %d%n", round, options.rounds());
      }
    }
    var limit = new Figure("library, 64 waiting callers", "events/s", library);
    var posts = new Figure("single posts, 64 posters", "events/s", single);
    return new Result(
        "http-posters",
        "64 clients post small orders to a daemon in a process of its own, each on one connection, one request after"
            + " the other; an event counts when its answer, the whole event, is here, after the fsync. JSON Lines are "
            + LINES
            + " orders for each request. Clients and daemon share the cores. The library does the same in the"
            + " clients' process, without HTTP, in turns with it. The daemon's own processor time for an event says how"
            + " much of a core it needs. All run %d s before the first round, until they are compiled; single posts and"
                .formatted(WARM_UP_NANOS / 1_000_000_000)
            + " JSON Lines have a daemon each, whose store grows from round to round, and each begins when the index of"
            + " the other has come to rest.",
        Surroundings.describe(),
        List.of(
            limit,
            posts,
            posts.over(limit, "ratio of single posts to the library"),
            new Figure("daemon's processor time, single posts", "µs/event", cpu),
            new Figure("JSON Lines, 64 posters", "events/s", lines),
            new Figure("daemon's processor time, JSON Lines", "µs/event", linesCpu)));
  }

  private static Load load(DaemonProcess daemon, Poster poster, long nanos) {
    long begin = System.nanoTime();
    double cpuBegin = daemon.cpuSeconds();
    var events = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < POSTERS; i++) {
        int client = i;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    events.addAndGet(poster.post(daemon, client, begin + nanos));
                  } catch (IOException e) {
                    throw new CompletionException(e);
                  }
                },
                threads));
      }
      all.forEach(CompletableFuture::join);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Load(events.get() / seconds, (daemon.cpuSeconds() - cpuBegin) * 1e6 / events.get());
  }

  private static long single(DaemonProcess daemon, int client, long endNanos) throws IOException {
    try (var http = new HttpClientSocket(daemon.port(), "application/json")) {
      long number = 0;
      while (System.nanoTime() < endNanos) {
        http.post(new Order(client, number++).json());
      }
      return number;
    }
  }

  private static long lines(DaemonProcess daemon, int client, long endNanos) throws IOException {
    try (var http = new HttpClientSocket(daemon.port(), "application/x-ndjson")) {
      long number = 0;
      while (System.nanoTime() < endNanos) {
        var body = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
          body.append(new Order(client, number++).json()).append('\n');
        }
        http.post(body.toString());
      }
      return number;
    }
  }
}
