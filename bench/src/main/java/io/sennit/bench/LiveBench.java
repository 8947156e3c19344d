package io.sennit.bench;

import io.sennit.bench.peer.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// From an append on one machine until a reader on another one has the event, durable on both.
final class LiveBench implements Measurement {
  private static final int EVENTS = 3_000;
  private static final int EVENTS_QUICK = 300;
  private static final long EVERY_NANOS = 5_000_000L;
  private static final String LIMIT = "limit: two syncs, one after the other";
  private static final int RECORD_SIZE_BYTES = 512;
  private static final int LIMIT_SIZE_BYTES = 1 << 20;

  @Override
  public String name() {
    return "live";
  }

  @Override
  public Result run(Options options) throws Exception {
    int events = options.size(EVENTS, EVENTS_QUICK);
    try (var folder = Folder.fresh();
        var peers = Lineup.of(options, folder, Peer.Replicates.class);
        var pair = new Pair(folder)) {
      pair.meet();
      var contestants = new ArrayList<Rounds.Contestant>();
      contestants.add(
          Rounds.Contestant.sennit(
              "Sennit",
              tally -> {
                var micros = micros(pair, events);
                tally.add("Sennit, half within", "µs", percentile(micros, 50), Target.atMost(600));
                tally.add(
                    "Sennit, 99 of 100 within", "µs", percentile(micros, 99), Target.atMost(3_000));
              }));
      contestants.add(
          Rounds.Contestant.peer(
              "two syncs",
              tally -> {
                try (var fresh = folder.sub()) {
                  var micros = twoSyncsMicros(fresh.in("limit"), events);
                  tally.add(LIMIT + ", half within", "µs", percentile(micros, 50));
                  tally.add(LIMIT + ", 99 of 100 within", "µs", percentile(micros, 99));
                }
              }));
      for (var peer : peers.present()) {
        contestants.add(
            Rounds.Contestant.peer(
                peer.name(),
                tally -> {
                  var micros = peer.liveMicros(events, EVERY_NANOS);
                  tally.add(peer.name() + ", half within", "µs", percentile(micros, 50));
                  tally.add(peer.name() + ", 99 of 100 within", "µs", percentile(micros, 99));
                }));
      }
      var found = new Rounds(name(), options.rounds()).alternate(contestants);
      return new Result(
          name(),
          Figure.text(1e9 / EVERY_NANOS)
              + " orders a second are appended on one machine, at even times, "
              + Figure.count(events)
              + " in a round; a reader on another one, in a process of its own, linked over TLS on loopback, gets each of"
              + " them once it is durable there. The time begins before the append. The limit is what the disk takes for it:"
              + " a small write synced to one preallocated file, then one to another, at the same even times, and nothing"
              + " else.",
          peers.described(found.failed()),
          Surroundings.describe(),
          found.tally().figures());
    }
  }

  /// What both machines wait for in turn, without machines.
  private static double[] twoSyncsMicros(Path path, int events) throws IOException {
    var micros = new double[events];
    try (var one = preallocated(path.resolveSibling(path.getFileName() + "-one"));
        var other = preallocated(path.resolveSibling(path.getFileName() + "-other"))) {
      long begin = System.nanoTime();
      for (int i = 0; i < events; i++) {
        long at = begin + i * EVERY_NANOS;
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        long offset = (long) i * RECORD_SIZE_BYTES % LIMIT_SIZE_BYTES;
        sync(one, offset);
        sync(other, offset);
        micros[i] = (System.nanoTime() - at) / 1e3;
      }
    }
    return micros;
  }

  private static FileChannel preallocated(Path path) throws IOException {
    var file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    file.write(ByteBuffer.allocate(LIMIT_SIZE_BYTES), 0);
    file.force(true);
    return file;
  }

  private static void sync(FileChannel file, long offset) throws IOException {
    file.write(ByteBuffer.allocate(RECORD_SIZE_BYTES), offset);
    file.force(false);
  }

  private static double[] micros(Pair pair, int events) {
    pair.other.ask("watch");
    var said = MachineProcess.numbers(pair.one.ask("say", events, EVERY_NANOS));
    var seen = MachineProcess.numbers(pair.other.ask("seen", events));
    pair.grown(events);
    for (int i = 0; i < events; i++) {
      if (seen[i] < said[i]) {
        throw new IllegalStateException("an event was read before it was written");
      }
    }
    var micros = new double[events];
    Arrays.setAll(micros, i -> (seen[i] - said[i]) / 1e3);
    return micros;
  }

  private static double percentile(double[] micros, double percent) {
    return new Figure("micros", "µs", Arrays.stream(micros).boxed().toList()).percentile(percent);
  }
}
