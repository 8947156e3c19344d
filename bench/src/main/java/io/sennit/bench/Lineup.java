package io.sennit.bench;

import io.sennit.bench.peer.Autobase;
import io.sennit.bench.peer.Automerge;
import io.sennit.bench.peer.Git;
import io.sennit.bench.peer.Hypercore;
import io.sennit.bench.peer.Missing;
import io.sennit.bench.peer.Nats;
import io.sennit.bench.peer.Peer;
import io.sennit.bench.peer.Postgres;
import io.sennit.bench.peer.PouchDb;
import io.sennit.bench.peer.Redis;
import io.sennit.bench.peer.RocksDb;
import io.sennit.bench.peer.Sqlite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which peers take part in a measurement, and why others do not.
///
/// @param <P> what a peer must be able to do
record Lineup<P extends Peer>(List<P> present, Map<String, String> absent)
    implements AutoCloseable {
  /// Starts a peer in a folder of its own.
  private interface Start<P extends Peer> {
    P in(Path folder) throws Exception;
  }

  private record Entry<P extends Peer>(String name, Class<P> type, Start<P> start) {}

  private static final List<Entry<?>> ALL =
      List.of(
          new Entry<>("RocksDB", RocksDb.class, RocksDb::new),
          new Entry<>("SQLite", Sqlite.class, Sqlite::new),
          new Entry<>("Redis", Redis.class, Redis::new),
          new Entry<>("NATS", Nats.class, Nats::new),
          new Entry<>("PostgreSQL", Postgres.class, Postgres::new),
          new Entry<>("git", Git.class, Git::new),
          new Entry<>("Hypercore", Hypercore.class, Hypercore::new),
          new Entry<>("Autobase", Autobase.class, Autobase::new),
          new Entry<>("PouchDB", PouchDb.class, PouchDb::new),
          new Entry<>("Automerge", Automerge.class, Automerge::new));

  /// All peers that can do it, started. The caller closes them.
  static <P extends Peer> Lineup<P> of(Options options, Folder folder, Class<P> ability)
      throws Exception {
    var lineup = new Lineup<P>(new ArrayList<>(), new LinkedHashMap<>());
    for (var entry : ALL) {
      if (options.peers() && ability.isAssignableFrom(entry.type)) {
        lineup.add(entry, folder, ability);
      }
    }
    return lineup;
  }

  private void add(Entry<?> entry, Folder folder, Class<P> ability) throws Exception {
    try {
      present.add(ability.cast(entry.start.in(folder.made(entry.name))));
    } catch (Missing e) {
      System.err.printf("  %s is left out: %s%n", entry.name, e.getMessage());
      absent.put(entry.name, "left out: " + e.getMessage());
    }
  }

  List<String> names() {
    return present.stream().map(Peer::name).toList();
  }

  /// What the result says of each.
  ///
  /// @param failed why some did not finish, by name
  Map<String, String> described(Map<String, String> failed) {
    var described = new LinkedHashMap<String, String>();
    for (var peer : present) {
      var why = failed.get(peer.name());
      described.put(peer.name(), peer.about() + (why == null ? "" : " It did not finish: " + why));
    }
    described.putAll(absent);
    return described;
  }

  @Override
  public void close() {
    present.forEach(Peer::close);
  }
}
