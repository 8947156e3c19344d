package io.sennit.bench;

import io.sennit.bench.peer.Peer;
import java.nio.file.Path;
import java.util.ArrayList;

/// A new machine copies a whole history over loopback, with every check, until it is durable and
/// proven equal.
final class JoinBench implements Measurement {
  private static final int EVENTS = 1_000_000;
  private static final int EVENTS_QUICK = 50_000;
  private static final int RUN_EVENTS = 256;
  private static final String FRESH = "Sennit, fresh processes";
  private static final String WARM = "Sennit, warm processes";

  @Override
  public String name() {
    return "join";
  }

  @Override
  public Result run(Options options) throws Exception {
    int events = options.size(EVENTS, EVENTS_QUICK);
    try (var folder = Folder.fresh();
        var peers = Lineup.of(options, folder, Peer.Joins.class);
        var warmProvider = new MachineProcess();
        var warmJoiner = new MachineProcess()) {
      var provider = folder.in("provider");
      warmProvider.ask("init", provider);
      warmProvider.ask("write", events, RUN_EVENTS, 0);
      warmProvider.ask("close");
      var contestants = new ArrayList<Rounds.Contestant>();
      contestants.add(
          Rounds.Contestant.sennit(
              FRESH,
              tally -> {
                try (var one = new MachineProcess();
                    var other = new MachineProcess()) {
                  join(FRESH, one, other, folder, provider, events, tally);
                }
              }));
      contestants.add(
          Rounds.Contestant.sennit(
              WARM,
              tally -> join(WARM, warmProvider, warmJoiner, folder, provider, events, tally)));
      for (var peer : peers.present()) {
        int filled = peer.fills(events);
        peer.fill(filled);
        var name = name(peer, filled, events);
        contestants.add(
            Rounds.Contestant.peer(
                peer.name(),
                tally -> {
                  long before = Loopback.bytes();
                  tally.add(name, "events/s", filled / peer.joinSeconds());
                  wire(name, before, filled, tally);
                  tally.add(
                      name + ", on the disk", "B/event", (double) peer.joinedDiskBytes() / filled);
                }));
      }
      var found = new Rounds(name(), options.rounds()).alternate(contestants);
      return new Result(
          name(),
          Figure.count(events)
              + " orders, written in calls of "
              + RUN_EVENTS
              + ", a seal for each call. A machine that has nothing connects to the one that holds them, over TLS on"
              + " loopback, both in processes of their own on the same cores. The time ends when every event is durable"
              + " there, every hash and every seal checked, and both digests are equal. Fresh processes are Java"
              + " processes that were started for this one copy and have done nothing else; warm ones have made"
              + " such a copy before. On the wire is what crossed the loopback interface, headers of TCP and IP, TLS"
              + " and acknowledgements included; on the disk, what the copy's log and index take.",
          peers.described(found.failed()),
          Surroundings.describe(),
          found
              .tally()
              .withRatios(
                  FRESH,
                  peers.present().stream()
                      .map(peer -> name(peer, peer.fills(events), events))
                      .toList()));
    }
  }

  /// Says so when it copies fewer than the others.
  private static String name(Peer.Joins peer, int filled, int events) {
    return filled == events ? peer.name() : peer.name() + ", " + Figure.count(filled) + " events";
  }

  private static void join(
      String name,
      MachineProcess provider,
      MachineProcess joiner,
      Folder folder,
      Path history,
      int events,
      Tally tally)
      throws Exception {
    provider.ask("open", history);
    try (var fresh = folder.sub()) {
      var directory = fresh.in("joiner");
      long before = Loopback.bytes();
      double seconds = seconds(provider, joiner, directory, provider.ask("listen"), events);
      provider.ask("close");
      tally.add(name, "events/s", events / seconds, Target.atLeast(500_000));
      wire(name, before, events, tally);
      tally.add(
          name + ", on the disk",
          "B/event",
          (double) Folder.usedBytes(directory) / events,
          Target.atMost(100));
    }
  }

  /// A machine of this ticket is made, copies everything, and is closed.
  ///
  /// @return how long it copied
  static double seconds(
      MachineProcess provider, MachineProcess joiner, Path directory, String ticket, int events) {
    joiner.ask("join", directory, ticket);
    long begin = System.nanoTime();
    joiner.ask("dial");
    joiner.tell("await", events + 1);
    double seconds = (joiner.number() - begin) / 1e9;
    MachineProcess.requireEqual(provider, joiner);
    joiner.ask("close");
    return seconds;
  }

  private static void wire(String name, long before, int events, Tally tally) {
    double bytes = (double) (Loopback.bytes() - before) / events;
    if (bytes > 0) {
      var line = name + ", on the wire";
      if (name.startsWith("Sennit")) {
        tally.add(line, "B/event", bytes, Target.atMost(40));
      } else {
        tally.add(line, "B/event", bytes);
      }
    }
  }
}
