package io.sennit.overlay;

import java.util.List;

/// How many links a machine can carry.
///
/// It looks for more while it has fewer than it wants, and takes in what asks until it has the
/// most. Between the two lies the room that lets machines find a place at all: if everybody were
/// exactly full, nobody could be linked with.
public enum Capacity {
  /// A phone, a small box behind a slow line: hangs on the trees, carries nobody if others can.
  LEAF(3, 4, 2),
  /// An ordinary machine.
  HOME(7, 8, 3),
  /// A machine in a data centre that may serve many that can only dial out.
  PUBLIC(8, 64, 3);

  /// As numbers, on the wire and in recordings.
  public static final List<Capacity> BY_NUMBER = List.of(LEAF, HOME, PUBLIC);

  private final int wanted;
  private final int most;
  private final int random;

  Capacity(int wanted, int most, int random) {
    this.wanted = wanted;
    this.most = most;
    this.random = random;
  }

  /// With fewer links it looks for more.
  public int wanted() {
    return wanted;
  }

  /// With so many it declines more.
  public int most() {
    return most;
  }

  /// So many of its links are to random machines and stay so; the others may be exchanged for near
  /// ones.
  public int random() {
    return random;
  }
}
