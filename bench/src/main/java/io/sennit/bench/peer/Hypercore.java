package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/// Hypercore: one writer's log, signed, copied to another process.
public final class Hypercore extends NodePeer implements Peer.Joins {
  /// Copying a million would take minutes each time; the rate does not depend on how many.
  private static final int RECORDS_MAX = 100_000;

  /// Starts its process.
  public Hypercore(Path folder) throws Missing, IOException, InterruptedException {
    super(folder, "hypercore", "hypercore");
  }

  @Override
  public String name() {
    return "Hypercore";
  }

  @Override
  public String about() {
    return version()
        + ", a block each, appended in batches of 1,000; the copy is another process, over TCP with Noise. Hashes and"
        + " signatures are checked. One writer; no DAG; nothing waits for an fsync.";
  }

  @Override
  public int fills(int wanted) {
    return Math.min(wanted, RECORDS_MAX);
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
}
