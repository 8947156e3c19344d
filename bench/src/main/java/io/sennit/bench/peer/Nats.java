package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// NATS JetStream: a server, and one behind a leaf node that mirrors its stream.
public final class Nats implements Peer.Appends, Peer.Joins, Peer.Replicates {
  private static final int WINDOW = 16_384;
  private static final long LOOK_NANOS = 500_000;
  private static final long WAIT_SECONDS_MAX = 60;
  private static final Pattern MESSAGES = Pattern.compile("\"messages\":\\s*(\\d+)");

  private final Path folder;
  private final Path program;
  private final Node primary;
  private final Node leaf;
  private int streams;
  private String stream = "";

  /// A server, and the connection to it.
  private record Node(Path folder, Server server, NatsConnection connection) {
    long messages(String stream) {
      var found = MESSAGES.matcher(connection.ask("STREAM.INFO." + stream, ""));
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
  }

  /// Starts both; they have nothing yet.
  public Nats(Path folder) throws Missing, IOException, InterruptedException {
    this.folder = folder;
    this.program = Setup.folder("nats").resolve("nats-server");
    int port = Server.freePort();
    this.primary = start("primary", "leafnodes { listen: \"127.0.0.1:" + port + "\" }");
    this.leaf =
        start("leaf", "leafnodes { remotes: [ { url: \"nats-leaf://127.0.0.1:" + port + "\" } ] }");
  }

  private Node start(String name, String leafnodes) throws IOException, InterruptedException {
    var own = Files.createDirectory(folder.resolve(name));
    int port = Server.freePort();
    var configuration = folder.resolve(name + ".conf");
    Files.writeString(
        configuration,
        """
        server_name: %s
        listen: "127.0.0.1:%d"
        jetstream { store_dir: "%s", domain: %s, max_mem: 1G, max_file: 20G }
        %s
        """
            .formatted(name, port, own, name, leafnodes));
    var server =
        new Server(
            List.of(program.toString(), "-c", configuration.toString()),
            folder.resolve(name + ".txt"),
            port);
    return new Node(own, server, new NatsConnection(port));
  }

  @Override
  public String name() {
    return "NATS";
  }

  @Override
  public String about() {
    try {
      return Server.run(folder, List.of(program.toString(), "--version"))
              .replaceFirst("nats-server: v", "NATS JetStream ")
          + ", a message each in a file store; its acknowledgement does not wait for an fsync, and this version has no"
          + " setting for that. A copy is a mirror on a leaf node. Asked through one shared connection. One server"
          + " writes; no hashes, no seals, no TLS, no DAG.";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Forgets the stream before, and makes an empty one.
  private void begin() {
    if (!stream.isEmpty()) {
      primary.connection.ask("STREAM.DELETE." + stream, "");
    }
    stream = "S" + ++streams;
    primary.connection.ask(
        "STREAM.CREATE." + stream,
        "{\"name\":\"%s\",\"subjects\":[\"s.%s\"],\"storage\":\"file\",\"retention\":\"limits\",\"max_msgs\":-1,\"max_bytes\":-1,\"max_age\":0,\"num_replicas\":1,\"discard\":\"old\"}"
            .formatted(stream, stream));
  }

  /// The leaf begins to mirror the stream.
  private String mirror() {
    var mirror = "M" + ++streams;
    leaf.connection.ask(
        "STREAM.CREATE." + mirror,
        "{\"name\":\"%s\",\"storage\":\"file\",\"retention\":\"limits\",\"max_msgs\":-1,\"max_bytes\":-1,\"max_age\":0,\"num_replicas\":1,\"discard\":\"old\",\"mirror\":{\"name\":\"%s\",\"external\":{\"api\":\"$JS.primary.API\",\"deliver\":\"\"}}}"
            .formatted(mirror, stream));
    return mirror;
  }

  private void await(String mirror, long records) {
    while (leaf.messages(mirror) < records) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private CompletableFuture<String> add(Order order) {
    return primary
        .connection
        .request("s." + stream, order.body())
        .thenApply(answer -> {
          if (!answer.contains("\"seq\":")) {
            throw new IllegalStateException("NATS answers " + answer);
          }
          return answer;
        });
  }

  @Override
  public Optional<Writer> writer(Path unused, int clients) {
    begin();
    return Optional.of(
        new Writer() {
          @Override
          public CompletableFuture<String> write(Order order) {
            return add(order);
          }

          @Override
          public void close() {
            // The servers are stopped by who started them.
          }
        });
  }

  @Override
  public void fill(int records) throws InterruptedException {
    begin();
    pour(records);
  }

  private void pour(int records) throws InterruptedException {
    var room = new Semaphore(WINDOW);
    var failed = new AtomicReference<Throwable>();
    for (int i = 0; i < records; i++) {
      room.acquire();
      var _ =
          add(new Order(0, i))
              .whenComplete((_, e) -> {
                if (e != null) {
                  failed.set(e);
                }
                room.release();
              });
    }
    room.acquire(WINDOW);
    if (failed.get() != null) {
      throw new IllegalStateException("NATS refused a record", failed.get());
    }
  }

  @Override
  public double joinSeconds() {
    long records = primary.messages(stream);
    for (int before = 1; before <= streams; before++) {
      drop("M" + before);
    }
    long begin = System.nanoTime();
    await(mirror(), records);
    return (System.nanoTime() - begin) / 1e9;
  }

  private void drop(String mirror) {
    if (leaf.connection.ask("STREAM.NAMES", "").contains("\"" + mirror + "\"")) {
      leaf.connection.ask("STREAM.DELETE." + mirror, "");
    }
  }

  @Override
  public long joinedDiskBytes() {
    return Server.diskBytes(leaf.folder);
  }

  @Override
  public double replicateSeconds(int records) throws InterruptedException {
    begin();
    var mirror = mirror();
    long begin = System.nanoTime();
    pour(records);
    await(mirror, records);
    double seconds = (System.nanoTime() - begin) / 1e9;
    drop(mirror);
    return seconds;
  }

  @Override
  public double[] liveMicros(int records, long everyNanos) throws InterruptedException {
    begin();
    var mirror = mirror();
    add(new Order(0, -1)).join();
    await(mirror, 1);
    var seen = new long[records];
    var next = new AtomicInteger(-1); // the first one is there already
    var all = new CountDownLatch(records + 1);
    leaf.connection.subscribe(
        "deliver." + mirror,
        _ -> {
          int at = next.getAndIncrement();
          if (at >= 0) {
            seen[at] = System.nanoTime();
          }
          all.countDown();
        });
    leaf.connection.ask(
        "CONSUMER.CREATE." + mirror,
        "{\"stream_name\":\"%s\",\"config\":{\"deliver_subject\":\"deliver.%s\",\"deliver_policy\":\"all\",\"ack_policy\":\"none\",\"replay_policy\":\"instant\"}}"
            .formatted(mirror, mirror));
    var said = Pace.say(records, everyNanos, i -> add(new Order(0, i)).join());
    if (!all.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IllegalStateException(all.getCount() + " records never came");
    }
    drop(mirror);
    var micros = new double[records];
    for (int i = 0; i < records; i++) {
      micros[i] = (seen[i] - said[i]) / 1e3;
    }
    return micros;
  }

  @Override
  public void close() {
    leaf.connection.close();
    leaf.server.close();
    primary.connection.close();
    primary.server.close();
  }
}
