package io.sennit.bench;

import io.sennit.bench.peer.Peer;
import java.util.ArrayList;
import java.util.List;

/// Two machines that share a long history write apart from each other, then meet.
final class ApartBench implements Measurement {
  private static final int SHARED = 1_000_000;
  private static final int SHARED_QUICK = 10_000;
  private static final int AUTHORS = 64;
  private static final int RUN_EVENTS = 32;

  /// Meetings before the first that counts: compiled code is part of being warm.
  private static final int WARMING = 10;

  /// So much is written apart, with what it may take.
  private record Distance(int events, double millis, double bytes) {
    String of(String who) {
      return who + ", " + Figure.count(events) + " on each side";
    }
  }

  private static final List<Distance> DISTANCES =
      List.of(new Distance(1_000, 50, 80_000), new Distance(10_000, 200, 800_000));

  private static final double CONTROL_BYTES_MAX = 2_000;

  @Override
  public String name() {
    return "apart";
  }

  @Override
  public Result run(Options options) throws Exception {
    int shared = options.size(SHARED, SHARED_QUICK);
    try (var folder = Folder.fresh();
        var peers = Lineup.of(options, folder, Peer.Heals.class);
        var pair = new Pair(folder)) {
      pair.one.ask("authors", 0, AUTHORS, shared, RUN_EVENTS);
      pair.meet();
      for (var distance : DISTANCES) {
        for (int i = 0; i < WARMING; i++) {
          heal(pair, distance, new Tally());
        }
      }
      for (var peer : peers.present()) {
        peer.share(peer.shares(shared));
      }
      var contestants = new ArrayList<Rounds.Contestant>();
      for (var distance : DISTANCES) {
        contestants.add(Rounds.Contestant.sennit("Sennit", tally -> heal(pair, distance, tally)));
        for (var peer : peers.present()) {
          if (distance.events <= peer.divergesMax()) {
            var name = name(peer, shared);
            contestants.add(
                Rounds.Contestant.peer(peer.name(), tally -> heal(peer, name, distance, tally)));
          }
        }
      }
      var found = new Rounds(name(), options.rounds()).alternate(contestants);
      var figures = new ArrayList<>(found.tally().figures());
      for (var distance : DISTANCES) {
        for (var peer : peers.present()) {
          var theirs = distance.of(name(peer, shared));
          found
              .tally()
              .figure(theirs)
              .ifPresent(figure ->
                  figures.add(
                      figure.over(
                          found.tally().figure(distance.of("Sennit")).orElseThrow(),
                          "ratio: " + theirs + " / Sennit")));
        }
      }
      return new Result(
          name(),
          "Two machines, each in a process of its own, share "
              + Figure.count(shared)
              + " events of "
              + AUTHORS
              + " authors, in runs of "
              + RUN_EVENTS
              + ". The link is cut; each takes events that the other does not see, written by half of the authors."
              + " The time begins when one of them is told to dial the other, TLS handshake included, and ends when"
              + " both hold everything durably; then their digests are compared. Bytes in all are what crossed the loopback"
              + " interface, headers of TCP and IP, TLS and its handshake included; control bytes are the frames that"
              + " carry no events, both directions, before TLS. Sennit's two processes have done each "
              + WARMING
              + " times before, the others once.",
          peers.described(found.failed()),
          Surroundings.describe(),
          figures);
    }
  }

  private static void heal(Pair pair, Distance distance, Tally tally) {
    pair.part();
    for (var machine : List.of(pair.one, pair.other)) {
      int first = machine == pair.one ? 0 : AUTHORS / 2;
      machine.ask("authors", first, AUTHORS / 2, distance.events, RUN_EVENTS);
    }
    var met = pair.meet();
    var name = distance.of("Sennit");
    tally.add(name, "ms", met.seconds() * 1e3, Target.atMost(distance.millis));
    tally.add(
        name + ", bytes in all", "B", (double) met.wireBytes(), Target.atMost(distance.bytes));
    tally.add(
        name + ", control bytes",
        "B",
        (double) met.sent().control(),
        Target.atMost(CONTROL_BYTES_MAX));
  }

  /// Says so when it shares fewer than the others.
  private static String name(Peer.Heals peer, int wanted) {
    int shared = peer.shares(wanted);
    return shared == wanted
        ? peer.name()
        : peer.name() + " with " + Figure.count(shared) + " shared";
  }

  private static void heal(Peer.Heals peer, String name, Distance distance, Tally tally)
      throws Exception {
    peer.diverge(distance.events);
    long before = Loopback.bytes();
    double seconds = peer.healSeconds();
    tally.add(distance.of(name), "ms", seconds * 1e3);
    if (peer.networked()) {
      tally.add(distance.of(name) + ", bytes in all", "B", (double) (Loopback.bytes() - before));
    }
  }
}
