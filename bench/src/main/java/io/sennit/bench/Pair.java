package io.sennit.bench;

import java.util.List;

/// Two machines in processes of their own, of which one knows how to dial the other.
final class Pair implements AutoCloseable {
  final MachineProcess one = new MachineProcess();
  final MachineProcess other = new MachineProcess();
  private final String address;

  /// Events that both hold; at first R.
  private long shared = 1;

  /// What it took to meet.
  ///
  /// @param wireBytes what crossed the loopback interface meanwhile
  /// @param sent frames of both
  record Met(double seconds, long wireBytes, MachineProcess.SentBytes sent) {}

  Pair(Folder folder) {
    one.ask("init", folder.in("one"));
    var ticket = one.ask("listen");
    address = one.ask("address");
    other.ask("join", folder.in("other"), ticket);
  }

  /// Connects them, and waits until both hold durably what either held.
  Met meet() {
    long all = one.count() + other.count() - shared;
    var sentBefore = one.sent().plus(other.sent());
    long wireBefore = Loopback.bytes();
    long begin = System.nanoTime();
    other.ask("call", address);
    one.tell("await", all);
    other.tell("await", all);
    long end = Math.max(one.number(), other.number());
    MachineProcess.requireEqual(one, other);
    shared = all;
    one.awaitQuiet();
    other.awaitQuiet();
    return new Met(
        (end - begin) / 1e9,
        Loopback.bytes() - wireBefore,
        one.sent().plus(other.sent()).minus(sentBefore));
  }

  /// Both have got so many more while they were connected.
  void grown(long events) {
    shared += events;
  }

  /// Cuts the link, until they meet again.
  void part() {
    other.ask("hang-up", address);
    one.ask("alone");
  }

  @Override
  public void close() {
    List.of(one, other).forEach(MachineProcess::close);
  }
}
