package io.sennit.bench;

import io.sennit.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// A new machine copies a whole history over loopback, with every check, until it is durable and
/// proven equal.
final class JoinBench implements Measurement {
  private static final int EVENTS = 1_000_000;
  private static final int EVENTS_QUICK = 50_000;
  private static final int RUN_EVENTS = 256;
  private static final String FRESH = "Sennit, fresh daemons";
  private static final String BUSY = "Sennit, warm processes that append";

  /// Appends a second.
  private static final int OFFERED = 20_000;

  private static final int OFFERED_TO_JOINER = 200;
  private static final long ALONE_MILLIS = 2_000;
  private static final Pattern HELD = Pattern.compile("\"events\":(\\d+)");
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"(\\w+)\"");
  private static final long LOOK_MILLIS = 20;
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
          Rounds.Contestant.sennit(FRESH, tally -> joinAsDaemon(folder, provider, events, tally)));
      contestants.add(
          Rounds.Contestant.sennit(
              WARM,
              tally -> join(WARM, warmProvider, warmJoiner, folder, provider, events, tally)));
      var busy = folder.in("busy");
      warmProvider.ask("init", busy);
      warmProvider.ask("write", events, RUN_EVENTS, 0);
      warmProvider.ask("close");
      contestants.add(
          Rounds.Contestant.sennit(
              BUSY, tally -> joinWhileWriting(warmProvider, warmJoiner, folder, busy, tally)));
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
              + " there, every hash and every seal checked, and both digests are equal. Fresh daemons are started for"
              + " this one copy as people start them, by `./sennit run`, with what Java kept of the build's training;"
              + " that of the joiner begins with the clock, so that its start is in the time. Warm processes are"
              + " programs that embed the library and have made such a copy before. Those that append are"
              + " offered 20,000 appends a second at the provider, for two seconds before and all the while it is copied"
              + " from, and 200 at the joiner; what then became durable a second is said. On the wire is what crossed"
              + " the loopback interface, headers of TCP and IP, TLS and acknowledgements included; on the disk, what the copy's log and index take.",
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

  /// Both machines are daemons that have done nothing before.
  private static void joinAsDaemon(Folder folder, Path history, int events, Tally tally)
      throws Exception {
    try (var fresh = folder.sub();
        var provider = new DaemonProcess(history)) {
      var directory = fresh.in("joiner");
      DaemonProcess.ask(
          "join",
          DaemonProcess.ask("invite", "--dir", history.toString()),
          "--dir",
          directory.toString());
      long before = Loopback.bytes();
      long begin = System.nanoTime();
      try (var joiner = new DaemonProcess(directory)) {
        while (Long.parseLong(said(HELD, joiner)) <= events) {
          Thread.sleep(LOOK_MILLIS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!said(DIGEST, provider).equals(said(DIGEST, joiner))) {
          throw new IllegalStateException("two daemons differ that should be equal");
        }
        tally.add(FRESH, "events/s", events / seconds, Target.atLeast(500_000));
        wire(FRESH, before, events, tally);
      }
      disk(FRESH, directory, events, tally);
    }
  }

  /// The provider is offered a steady load of appends, first alone and then while it is copied
  /// from; the joiner is offered a few while it copies.
  private static void joinWhileWriting(
      MachineProcess provider, MachineProcess joiner, Folder folder, Path history, Tally tally)
      throws Exception {
    provider.ask("open", history);
    try (var fresh = folder.sub()) {
      provider.ask("load", OFFERED);
      Thread.sleep(ALONE_MILLIS);
      double alone = Double.parseDouble(provider.ask("loaded"));
      long held = provider.count();
      joiner.ask("join", fresh.in("joiner"), provider.ask("listen"));
      provider.ask("load", OFFERED);
      joiner.ask("load", OFFERED_TO_JOINER);
      long begin = System.nanoTime();
      joiner.ask("dial");
      joiner.tell("await", held);
      double seconds = (joiner.number() - begin) / 1e9;
      double here = Double.parseDouble(joiner.ask("loaded"));
      double copied = Double.parseDouble(provider.ask("loaded"));
      tally.add(BUSY, "events/s", held / seconds);
      tally.add("Appends of a provider, alone", "events/s", alone);
      tally.add("Appends of a provider, while it is copied from", "events/s", copied);
      tally.add(
          "Appends of a provider, part that remains", "of 1", copied / alone, Target.atLeast(0.75));
      tally.add("Appends of a joiner, while it copies", "events/s", here);
      joiner.ask("close");
      provider.ask("close");
    }
  }

  private static String said(Pattern member, DaemonProcess daemon) throws Exception {
    var status = daemon.status();
    var found = member.matcher(status);
    if (!found.find()) {
      throw new IllegalStateException("a status without " + member + ": " + status);
    }
    return found.group(1);
  }

  private static void disk(String name, Path directory, int events, Tally tally)
      throws IOException {
    tally.add(
        name + ", on the disk",
        "B/event",
        (double) Folder.usedBytes(directory) / events,
        Target.atMost(100));
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
      disk(name, directory, events, tally);
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
