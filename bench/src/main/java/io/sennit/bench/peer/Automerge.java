package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/// Automerge: two documents in the memory of one process.
public final class Automerge extends NodePeer implements Peer.Heals {
  private static final int RECORDS_MAX = 5_000;
  private static final int APART_MAX = 1_000;

  /// Starts its process.
  public Automerge(Path folder) throws Missing, IOException, InterruptedException {
    super(folder, "automerge", "automerge");
  }

  @Override
  public String name() {
    return "Automerge";
  }

  @Override
  public String about() {
    return version()
        + ", a change each that sets one key of a map; its sync protocol between two documents in one process, in memory:"
        + " no network, so no bytes are counted, and no disk. It has a DAG and hashes; no seals.";
  }

  @Override
  public int shares(int wanted) {
    return Math.min(wanted, RECORDS_MAX);
  }

  @Override
  public boolean networked() {
    return false;
  }

  @Override
  public int divergesMax() {
    return APART_MAX;
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
