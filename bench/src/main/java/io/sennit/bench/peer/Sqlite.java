package io.sennit.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// SQLite in this process: a table of id and body, in the order of arrival.
public final class Sqlite implements Peer.Appends {
  private static final int BATCH = 1_000;
  private static final String NOWHERE = "jdbc:sqlite::memory:";

  /// Nothing runs until a writer is wanted.
  public Sqlite(Path folder) {
    if (!folder.toFile().isDirectory()) {
      throw new IllegalArgumentException(folder + " is no folder");
    }
  }

  @Override
  public String name() {
    return "SQLite";
  }

  @Override
  public String about() {
    try (var connection = DriverManager.getConnection(NOWHERE);
        var rows = connection.createStatement().executeQuery("select sqlite_version()")) {
      return "SQLite "
          + rows.getString(1)
          + " in the same process, `journal_mode=WAL`, `synchronous=FULL`, a table with the id as a unique blob. One"
          + " waiting client is a transaction each; pipelined are transactions of 1,000. It has one writer, so 64"
          + " waiting clients are left out. No hashes, no seals, no replication.";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Writer> writer(Path folder, int clients) throws SQLException {
    return clients > 1 ? Optional.empty() : Optional.of(new Inserts(folder, clients == 1));
  }

  @Override
  public void close() {
    // Each writer closes what it opened.
  }

  private static final class Inserts implements Writer {
    private final Connection connection;
    private final PreparedStatement insert;
    private final int batch;
    private int open;
    private CompletableFuture<Void> committed = new CompletableFuture<>();

    Inserts(Path file, boolean each) throws SQLException {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      batch = each ? 1 : BATCH;
      try (var statement = connection.createStatement()) {
        statement.execute("pragma journal_mode=wal");
        statement.execute("pragma synchronous=full");
        statement.execute("create table event (id blob not null unique, body blob not null)");
      }
      connection.setAutoCommit(false);
      insert = connection.prepareStatement("insert into event values (?, ?)");
    }

    @Override
    public CompletableFuture<Void> write(Order order) {
      var answer = committed;
      try {
        insert.setBytes(1, order.id());
        insert.setBytes(2, order.body());
        insert.executeUpdate();
        if (++open == batch) {
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
        insert.close();
        connection.rollback();
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
