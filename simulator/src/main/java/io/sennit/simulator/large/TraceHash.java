package io.sennit.simulator.large;

import java.util.HexFormat;

/// 128 bits over every entry delivered, in order. Not against an adversary: it tells two runs
/// apart.
final class TraceHash {
  private long a = 0x243F6A8885A308D3L;
  private long b = 0x13198A2E03707344L;

  void add(long tick, long entry, long more) {
    a = (Long.rotateLeft(a, 29) ^ entry) * 0x9E3779B97F4A7C15L + tick;
    b = (Long.rotateLeft(b, 37) ^ more ^ a) * 0xC2B2AE3D27D4EB4FL;
  }

  /// Likewise, all that another hash went over.
  void add(TraceHash other) {
    add(0, other.a, other.b);
  }

  @Override
  public String toString() {
    var hex = HexFormat.of();
    return hex.toHexDigits(Dice.mix(a ^ b)) + hex.toHexDigits(Dice.mix(b));
  }
}
