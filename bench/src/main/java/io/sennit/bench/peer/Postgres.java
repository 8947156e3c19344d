package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// PostgreSQL: a server, and one that follows it by logical replication.
public final class Postgres implements Peer.Appends, Peer.Joins, Peer.Replicates {
  private static final String TABLE =
      "create table event (seq bigserial primary key, id bytea not null, body text not null)";
  private static final String INSERT = "insert into event (id, body) values (?, ?)";
  private static final String NEWEST = "select coalesce(max(seq), 0) from event";
  private static final int BATCH = 1_000;
  private static final long LOOK_NANOS = 1_000_000;

  /// A reader of the copy asks anew after so long.
  private static final long LOOK_OFTEN_NANOS = 200_000;

  private final Path folder;
  private final Path programs;
  private final Node primary;
  private final Node follower;
  private long filled;

  /// A server.
  private record Node(int port, Path data, Server server) {
    Connection connect() throws SQLException {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&binaryTransfer=true");
    }

    void run(String... statements) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement()) {
        for (var sql : statements) {
          statement.execute(sql);
        }
      }
    }

    long number(String sql) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /// Makes and starts both; their tables are empty.
  public Postgres(Path folder) throws Missing, IOException, InterruptedException, SQLException {
    this.folder = folder;
    this.programs = Setup.folder("postgresql");
    this.primary = start("primary");
    this.follower = start("follower");
    primary.run(TABLE, "create publication everything for table event");
    follower.run(TABLE);
  }

  private Node start(String name) throws IOException, InterruptedException {
    var own = Files.createDirectory(folder.resolve(name));
    int port = Server.freePort();
    var data = own.resolve("data");
    if (root()) {
      Server.run(own, List.of("chown", "postgres", own.toString()));
    }
    Server.run(own, asPostgres("initdb", "-D", data.toString(), "-A", "trust", "-U", "postgres"));
    var command =
        asPostgres(
            "postgres",
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "wal_level=logical",
            "-c",
            "max_connections=300",
            "-c",
            "shared_buffers=512MB",
            "-c",
            "max_wal_size=4GB");
    return new Node(port, data, new Server(command, folder.resolve(name + ".txt"), port));
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  /// It refuses to run as root: then it runs as the user that its package made.
  private List<String> asPostgres(String program, String... words) throws IOException {
    var command = new ArrayList<String>();
    if (root()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    command.add(programs.resolve(program).toRealPath().toString());
    command.addAll(List.of(words));
    return command;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String about() {
    try (var connection = primary.connect()) {
      return "PostgreSQL "
          + connection.getMetaData().getDatabaseProductVersion().replaceFirst(" .*", "")
          + ", a row each, `shared_buffers=512MB`, `max_wal_size=4GB`, everything else as it comes, so commits wait for"
          + " the disk. Waiting clients have a connection each; pipelined are transactions of 1,000 in one batch; a copy"
          + " is made and kept by logical replication, and its reader asks for the newest row every 0.2 ms. One server writes; no hashes, no seals, no TLS, no DAG.";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Writer> writer(Path unused, int clients) throws SQLException {
    primary.run("truncate event");
    return Optional.of(clients == 0 ? new Batches(primary) : new Inserts(primary, clients));
  }

  /// A transaction for each record, on as many connections as there are clients.
  private static final class Inserts implements Writer {
    private final LinkedBlockingQueue<Session> idle = new LinkedBlockingQueue<>();

    private record Session(Connection connection, PreparedStatement insert) {
      static Session of(Node node) throws SQLException {
        var connection = node.connect();
        return new Session(connection, connection.prepareStatement(INSERT));
      }

      void insert(Order order) throws SQLException {
        insert.setBytes(1, order.id());
        insert.setString(2, new String(order.body(), StandardCharsets.UTF_8));
        insert.executeUpdate();
      }
    }

    Inserts(Node node, int clients) throws SQLException {
      for (int i = 0; i < clients; i++) {
        idle.add(Session.of(node));
      }
    }

    @Override
    public CompletableFuture<Void> write(Order order) {
      try {
        var session = idle.take();
        try {
          session.insert(order);
        } finally {
          idle.add(session);
        }
        return CompletableFuture.completedFuture(null);
      } catch (SQLException e) {
        return CompletableFuture.failedFuture(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public boolean blocks() {
      return true;
    }

    @Override
    public void close() {
      for (var session : idle) {
        try {
          session.connection.close();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /// Transactions of many records.
  private static final class Batches implements Writer {
    private final Connection connection;
    private final PreparedStatement insert;
    private int open;
    private CompletableFuture<Void> committed = new CompletableFuture<>();

    Batches(Node node) throws SQLException {
      connection = node.connect();
      connection.setAutoCommit(false);
      insert = connection.prepareStatement(INSERT);
    }

    @Override
    public CompletableFuture<Void> write(Order order) {
      var answer = committed;
      try {
        insert.setBytes(1, order.id());
        insert.setString(2, new String(order.body(), StandardCharsets.UTF_8));
        insert.addBatch();
        if (++open == BATCH) {
          flush();
        }
        return answer;
      } catch (SQLException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public boolean blocks() {
      return true;
    }

    @Override
    public void flush() {
      try {
        insert.executeBatch();
        connection.commit();
        committed.complete(null);
      } catch (SQLException e) {
        committed.completeExceptionally(e);
      }
      open = 0;
      committed = new CompletableFuture<>();
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void fill(int records) throws SQLException {
    try (var writer = new Batches(primary)) {
      var answers = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < records; i++) {
        answers.add(writer.write(new Order(0, filled++)));
      }
      writer.flush();
      answers.forEach(CompletableFuture::join);
    }
  }

  private void follow() throws SQLException {
    follower.run(
        "create subscription everything connection 'host=127.0.0.1 port="
            + primary.port
            + " user=postgres dbname=postgres' publication everything");
  }

  private void leave() throws SQLException {
    if (follower.number("select count(*) from pg_subscription") > 0) {
      follower.run("drop subscription everything");
    }
    follower.run("truncate event");
  }

  /// Waits until the follower has the newest row.
  private void await() throws SQLException {
    long newest = primary.number(NEWEST);
    try (var connection = follower.connect();
        var ask = connection.prepareStatement(NEWEST)) {
      while (number(ask) < newest) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private static long number(PreparedStatement ask) throws SQLException {
    try (var rows = ask.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public double joinSeconds() throws SQLException {
    leave();
    follower.run("vacuum event");
    long begin = System.nanoTime();
    follow();
    await();
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public long joinedDiskBytes() throws SQLException {
    return follower.number("select pg_total_relation_size('event')");
  }

  @Override
  public double replicateSeconds(int records) throws SQLException {
    restart();
    long begin = System.nanoTime();
    fill(records);
    await();
    return (System.nanoTime() - begin) / 1e9;
  }

  /// Nothing is there, and the follower follows.
  private void restart() throws SQLException {
    leave();
    primary.run("truncate event");
    filled = 0;
    follow();
    fill(1);
    await();
  }

  @Override
  public double[] liveMicros(int records, long everyNanos)
      throws SQLException, InterruptedException {
    restart();
    var seen = new long[records];
    try (var writer = new Inserts(primary, 1);
        var reader = follower.connect();
        var ask = reader.prepareStatement(NEWEST)) {
      long before = number(ask);
      var failed = new CompletableFuture<Void>();
      var thread =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < records; ) {
                    LockSupport.parkNanos(LOOK_OFTEN_NANOS);
                    long arrived = number(ask) - before;
                    long now = System.nanoTime();
                    for (; i < Math.min(records, arrived); i++) {
                      seen[i] = now;
                    }
                  }
                  failed.complete(null);
                } catch (SQLException e) {
                  failed.completeExceptionally(e);
                }
              });
      var said = Pace.say(records, everyNanos, i -> writer.write(new Order(1, i)).join());
      thread.join();
      failed.join();
      var micros = new double[records];
      for (int i = 0; i < records; i++) {
        micros[i] = (seen[i] - said[i]) / 1e3;
      }
      return micros;
    }
  }

  @Override
  public void close() {
    follower.server.close();
    primary.server.close();
  }
}
