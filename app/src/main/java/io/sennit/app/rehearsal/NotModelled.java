package io.sennit.app.rehearsal;

import java.util.List;

/// What a rehearsal leaves out, so that nobody takes its figures for more than they are.
public final class NotModelled {
  /// A sentence each.
  public static final List<String> SENTENCES =
      List.of(
          "Processors: whatever arrives is dealt with one millisecond later, on every machine, "
              + "however much arrives; no hash or seal is computed, no TLS, and Java never pauses.",
          "Disks: the sync is in that millisecond, and no disk is slow, full or damaged; a "
              + "machine that comes back holds all it held, to the last write.",
          "Crowded lines: uplinks have a bandwidth, downlinks and all that lies between have none;"
              + " no buffer, queue or credit runs out. Nobody finds a way into a NAT from outside.",
          "What two machines say to find out how they differ: they are told, and the bytes of the"
              + " question, of its answer and of the events are counted. The overlay (links, trees,"
              + " gossip) is the code of production, class for class.",
          "Contents: all events are equally large, each is a run of its own and is written by a "
              + "machine chosen at random.",
          "Malice and wrong clocks: nobody lies, forks or floods; docs/simulator.md has the "
              + "worlds in which they do.");

  private NotModelled() {}
}
