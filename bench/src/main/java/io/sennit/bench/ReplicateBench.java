package io.sennit.bench;

import io.sennit.bench.peer.Peer;
import java.util.ArrayList;

/// Appends as fast as possible on one machine until another one has everything.
final class ReplicateBench implements Measurement {
  private static final int EVENTS = 1_000_000;
  private static final int EVENTS_QUICK = 30_000;

  @Override
  public String name() {
    return "replicate";
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
              tally ->
                  tally.add(
                      "Sennit",
                      "events/s",
                      events / seconds(pair, events),
                      Target.atLeast(230_000))));
      for (var peer : peers.present()) {
        contestants.add(
            Rounds.Contestant.peer(
                peer.name(),
                tally ->
                    tally.add(peer.name(), "events/s", events / peer.replicateSeconds(events))));
      }
      var found = new Rounds(name(), options.rounds()).alternate(contestants);
      return new Result(
          name(),
          Figure.count(events)
              + " orders are appended one by one on one machine, up to "
              + Figure.count(Clients.WINDOW)
              + " under way; another one, in a process of its own, linked over TLS on loopback, takes them as they come."
              + " The time ends when all of them are durable on both. Everybody shares the same cores.",
          peers.described(found.failed()),
          Surroundings.describe(),
          found.tally().withRatios("Sennit", peers.names()));
    }
  }

  private static double seconds(Pair pair, int events) {
    long all = pair.one.count() + events;
    pair.other.tell("await", all);
    pair.one.tell("pipeline", events);
    long begin = pair.one.number();
    long end = pair.other.number();
    pair.one.ask("await", all);
    pair.grown(events);
    return (end - begin) / 1e9;
  }
}
