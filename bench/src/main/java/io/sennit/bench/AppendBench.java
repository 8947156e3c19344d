package io.sennit.bench;

import io.sennit.bench.peer.BareFile;
import io.sennit.bench.peer.Order;
import io.sennit.bench.peer.Peer;
import io.sennit.bench.peer.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Durable appending, one machine alone, beside bare files and other stores.
final class AppendBench implements Measurement {
  private static final long ROUND_NANOS = 3_000_000_000L;
  private static final long ROUND_NANOS_QUICK = 300_000_000L;

  /// What is written while everybody gets warm has lower numbers.
  private static final long MEASURED_FROM = 1_000_000_000L;

  /// Opens a writer in a folder; empty where it cannot serve so many clients.
  private interface Opens {
    Optional<Writer> in(Path folder, int clients) throws Exception;
  }

  /// What the ratio to another must be.
  private record Wanted(String other, Clients clients, double ratio) {}

  private static final List<Wanted> WANTED =
      List.of(
          new Wanted(BareFile.PREALLOCATED, Clients.ONE, 0.8),
          new Wanted(BareFile.PREALLOCATED, Clients.MANY, 0.75),
          new Wanted("Redis", Clients.MANY, 2),
          new Wanted("RocksDB", Clients.MANY, 2.5),
          new Wanted("RocksDB", Clients.PIPELINED, 1));

  private static final Target PIPELINED = Target.atLeast(500_000);

  @Override
  public String name() {
    return "append";
  }

  @Override
  public Result run(Options options) throws Exception {
    long nanos = options.quick() ? ROUND_NANOS_QUICK : ROUND_NANOS;
    int bodySizeBytes = new Order(0, 0).body().length;
    try (var folder = Folder.fresh();
        var peers = Lineup.of(options, folder, Peer.Appends.class)) {
      var contestants = new ArrayList<Rounds.Contestant>();
      var names = new ArrayList<String>();
      for (var clients : Clients.ALL) {
        contestants.add(
            Rounds.Contestant.sennit(
                "Sennit, " + clients.name(),
                turn(
                    "Sennit",
                    clients,
                    folder,
                    nanos,
                    (in, _) -> Optional.of(new SennitWriter(in)))));
        for (boolean preallocated : List.of(true, false)) {
          var name = preallocated ? BareFile.PREALLOCATED : BareFile.GROWING;
          contestants.add(
              Rounds.Contestant.peer(
                  name,
                  turn(
                      name,
                      clients,
                      folder,
                      nanos,
                      (in, _) -> Optional.of(new BareFile(in, bodySizeBytes, preallocated)))));
        }
        for (var peer : peers.present()) {
          contestants.add(
              Rounds.Contestant.peer(
                  peer.name(), turn(peer.name(), clients, folder, nanos, peer::writer)));
        }
      }
      var found = new Rounds(name(), options.rounds()).alternate(contestants);
      names.addAll(List.of(BareFile.PREALLOCATED, BareFile.GROWING));
      names.addAll(peers.names());
      return new Result(
          name(),
          "Orders are appended on one machine alone, by one client that waits for each answer, by 64 that do, and by"
              + " one that keeps up to "
              + Clients.WINDOW
              + " under way. An append counts when its answer is here: for Sennit after the fsync, hashed, sealed and"
              + " in its place in the DAG. The limit is a file into which one thread writes whatever waits, with length"
              + " and checksum, and syncs once for all of it; its records, and those of all others, are as large as what"
              + " Sennit hashes ("
              + bodySizeBytes
              + " bytes). All take turns.",
          peers.described(found.failed()),
          Surroundings.describe(),
          figures(found.tally(), names));
    }
  }

  private static Rounds.Turn turn(
      String name, Clients clients, Folder folder, long nanos, Opens opens) {
    return tally -> {
      try (var fresh = folder.sub()) {
        var opened = opens.in(fresh.in("store"), clients.waiting());
        if (opened.isPresent()) {
          try (var writer = opened.get()) {
            clients.load(writer, nanos / 3, 0);
            double rate = clients.load(writer, nanos, MEASURED_FROM);
            var line = name + ", " + clients.name();
            if (name.equals("Sennit") && clients.equals(Clients.PIPELINED)) {
              tally.add(line, "events/s", rate, PIPELINED);
            } else {
              tally.add(line, "events/s", rate);
            }
          }
        }
      }
    };
  }

  private static List<Figure> figures(Tally tally, List<String> names) {
    var figures = new ArrayList<>(tally.figures());
    for (var clients : Clients.ALL) {
      var sennit = tally.figure("Sennit, " + clients.name()).orElseThrow();
      for (var name : names) {
        tally
            .figure(name + ", " + clients.name())
            .map(other -> sennit.over(other, "ratio: Sennit / " + other.name()))
            .map(ratio -> wanted(name, clients).map(ratio::must).orElse(ratio))
            .ifPresent(figures::add);
      }
    }
    return figures;
  }

  private static Optional<Target> wanted(String other, Clients clients) {
    return WANTED.stream()
        .filter(wanted -> wanted.other.equals(other) && wanted.clients.equals(clients))
        .map(wanted -> Target.atLeast(wanted.ratio))
        .findFirst();
  }
}
