package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/// PouchDB: a database that another process serves over HTTP, and one that is kept equal to it.
public final class PouchDb extends NodePeer implements Peer.Joins, Peer.Heals {
  private static final int RECORDS_MAX = 20_000;

  /// Starts its process.
  public PouchDb(Path folder) throws Missing, IOException, InterruptedException {
    super(folder, "pouchdb", "pouchdb");
  }

  @Override
  public String name() {
    return "PouchDB";
  }

  @Override
  public String about() {
    return version()
        + ", on LevelDB, a document each under a random `_id`, in batches of 500; replicated over HTTP, both ways at once"
        + " after a separation. No history of everything (each document has its own), no seals, no TLS; nothing waits"
        + " for an fsync.";
  }

  @Override
  public int fills(int wanted) {
    return Math.min(wanted, RECORDS_MAX);
  }

  @Override
  public int shares(int wanted) {
    return fills(wanted);
  }

  @Override
  public void fill(int records) throws IOException {
    ask("fill", records(records));
  }

  @Override
  public double joinSeconds() throws IOException {
    return number("join");
  }

  @Override
  public long joinedDiskBytes() throws IOException {
    return (long) number("disk");
  }

  @Override
  public void share(int records) throws IOException {
    ask("share", records(records));
  }

  @Override
  public void diverge(int records) throws IOException {
    var files = apart(records);
    ask("diverge", files.getFirst(), files.getLast());
  }

  @Override
  public double healSeconds() throws IOException {
    return number("heal");
  }
}
