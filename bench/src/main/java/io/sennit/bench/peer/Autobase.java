package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/// Autobase: two writers, a Hypercore each, and the order that both derive from them.
public final class Autobase extends NodePeer implements Peer.Heals {
  private static final int RECORDS_MAX = 20_000;

  /// Ten thousand take it more than half a minute each time.
  private static final int APART_MAX = 1_000;

  /// Starts its process.
  public Autobase(Path folder) throws Missing, IOException, InterruptedException {
    super(folder, "hypercore", "autobase");
  }

  @Override
  public String name() {
    return "Autobase";
  }

  @Override
  public String about() {
    return version()
        + ", two writers in one process, over TCP with Noise; an event a block, appended in batches of 500. The time ends"
        + " when both sides have read every event of the order that both derive. Hashes and signatures are checked; it"
        + " has a DAG; nothing waits for an fsync.";
  }

  @Override
  public int shares(int wanted) {
    return Math.min(wanted, RECORDS_MAX);
  }

  @Override
  public int divergesMax() {
    return APART_MAX;
  }

  @Override
  public void share(int records) throws IOException {
    ask("share", records(records), String.valueOf(records));
  }

  @Override
  public void diverge(int records) throws IOException {
    var files = apart(records);
    ask("diverge", files.getFirst(), files.getLast(), String.valueOf(records));
  }

  @Override
  public double healSeconds() throws IOException {
    return number("heal");
  }
}
