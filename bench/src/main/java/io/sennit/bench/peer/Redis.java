package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Redis streams: a server and a replica of it.
public final class Redis implements Peer.Appends, Peer.Joins, Peer.Replicates {
  /// The records under way at most, of one who does not wait.
  private static final int WINDOW = 16_384;

  private static final byte[] XADD = ascii("XADD");
  private static final byte[] STREAM = ascii("s");
  private static final byte[] ANY_ID = ascii("*");
  private static final byte[] FIELD = ascii("e");
  private static final long LOOK_NANOS = 200_000;

  private final Path folder;
  private final Path program;
  private final Node primary;
  private Node replica;
  private int copies;

  /// A server, and the connection to it.
  private record Node(int port, Path folder, Server server, RedisConnection connection)
      implements AutoCloseable {
    boolean complete(long records) {
      return ((String) connection.ask("INFO", "replication")).contains("master_link_status:up")
          && length() >= records;
    }

    long length() {
      return (Long) connection.ask("XLEN", "s");
    }

    @Override
    public void close() {
      connection.close();
      server.close();
    }
  }

  /// Starts both; they have nothing yet.
  public Redis(Path folder) throws Missing, IOException, InterruptedException {
    this.folder = folder;
    this.program = Setup.folder("redis").resolve("redis-server");
    this.primary = start("primary");
    this.replica = start("replica");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Node start(String name) throws IOException, InterruptedException {
    var own = Files.createDirectories(folder.resolve(name));
    int port = Server.freePort();
    var server =
        new Server(
            List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dir",
                own.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "",
                "--repl-diskless-sync-delay",
                "0"),
            own.resolve("log.txt"),
            port);
    return new Node(port, own, server, new RedisConnection(port));
  }

  @Override
  public String name() {
    return "Redis";
  }

  @Override
  public String about() {
    var version = (String) primary.connection.ask("INFO", "server");
    return "streams of Redis "
        + version.replaceFirst("(?s).*redis_version:([\\d.]+).*", "$1")
        + ", a record each, `appendonly yes`, `appendfsync always`; a replica is one more server with the same"
        + " settings and takes a snapshot of the memory, which is not on its disk yet when it has it. Asked through"
        + " one shared connection. One server writes; everything must fit in memory; no hashes, no seals, no TLS,"
        + " no DAG.";
  }

  @Override
  public Optional<Writer> writer(Path unused, int clients) {
    primary.connection.ask("FLUSHALL");
    return Optional.of(
        new Writer() {
          @Override
          public CompletableFuture<Object> write(Order order) {
            return add(order);
          }

          @Override
          public void close() {
            // The servers are stopped by who started them.
          }
        });
  }

  private CompletableFuture<Object> add(Order order) {
    return primary.connection.send(XADD, STREAM, ANY_ID, FIELD, order.body());
  }

  @Override
  public void fill(int records) throws InterruptedException {
    var room = new Semaphore(WINDOW);
    var failed = new ArrayList<Throwable>();
    for (int i = 0; i < records; i++) {
      room.acquire();
      var _ =
          add(new Order(0, i))
              .whenComplete((_, e) -> {
                if (e != null) {
                  synchronized (failed) {
                    failed.add(e);
                  }
                }
                room.release();
              });
    }
    room.acquire(WINDOW);
    if (!failed.isEmpty()) {
      throw new IllegalStateException("Redis refused a record", failed.getFirst());
    }
  }

  @Override
  public double joinSeconds() throws IOException, InterruptedException {
    replica.close();
    replica = start("replica" + ++copies);
    long records = primary.length();
    long begin = System.nanoTime();
    follow(records);
    double seconds = (System.nanoTime() - begin) / 1e9;
    while (((String) replica.connection.ask("INFO", "persistence"))
        .contains("aof_rewrite_in_progress:1")) {
      Thread.sleep(10);
    }
    return seconds;
  }

  private void follow(long records) {
    replica.connection.ask("REPLICAOF", "127.0.0.1", String.valueOf(primary.port));
    while (!replica.complete(records)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public long joinedDiskBytes() {
    return Server.diskBytes(replica.folder.resolve("appendonlydir"));
  }

  @Override
  public double replicateSeconds(int records) throws InterruptedException {
    follow(0);
    long target = primary.length() + records;
    long begin = System.nanoTime();
    fill(records);
    while (replica.length() < target) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public double[] liveMicros(int records, long everyNanos)
      throws IOException, InterruptedException {
    follow(primary.length());
    var seen = new long[records];
    var newest = (List<?>) replica.connection.ask("XREVRANGE", "s", "+", "-", "COUNT", "1");
    var from = newest.isEmpty() ? "0" : (String) ((List<?>) newest.getFirst()).getFirst();
    try (var reader = new RedisConnection(replica.port)) {
      var thread =
          Thread.ofPlatform()
              .start(() -> {
                var last = from;
                for (int i = 0; i < records; ) {
                  var answer = reader.ask("XREAD", "BLOCK", "0", "STREAMS", "s", last);
                  long now = System.nanoTime();
                  for (var entry : (List<?>) ((List<?>) ((List<?>) answer).getFirst()).get(1)) {
                    seen[i++] = now;
                    last = (String) ((List<?>) entry).getFirst();
                  }
                }
              });
      var micros = new double[records];
      var said = Pace.say(records, everyNanos, i -> add(new Order(0, i)).join());
      thread.join();
      for (int i = 0; i < records; i++) {
        micros[i] = (seen[i] - said[i]) / 1e3;
      }
      return micros;
    }
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
