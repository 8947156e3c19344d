package io.sennit.app.rehearsal;

import java.util.List;

/// What a rehearsal leaves out, so that nobody takes its figures for more than they are.
public final class NotModelled {
  /// A sentence each.
  public static final List<String> SENTENCES =
      List.of(
          "Processor time: whatever arrives is dealt with one millisecond later, on every machine, however much arrives;"
              + " no hash or seal is computed, no TLS, no pauses of Java.",
          "Disks: an event is durable within that millisecond, and no disk is slow, full or damaged;"
              + " a machine that comes back holds what it held.",
          "The network between the last miles: ways have a delay and may lose, but never fill up; uplinks have a"
              + " bandwidth, downlinks have none. A connection is there after one exchange; machines behind NAT are"
              + " not dialled, and no holes are punched.",
          "What two machines say to find out how they differ: they are told, and the bytes of the question, of its answer"
              + " and of the events are counted. The overlay (links, trees, gossip) is the code of"
              + " production, class for class.",
          "Contents: all events are equally large, each is a run of its own and is written by a machine chosen at random.",
          "Malice and wrong clocks: nobody lies, forks or floods; docs/simulator.md has the worlds in which they do.");

  private NotModelled() {}
}
