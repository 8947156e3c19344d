package io.sennit.bench;

import java.util.HexFormat;

/// What the measured clients say: a small order, different each time, with eight bytes that do not
/// compress, as a shop would write it.
final class Sample {
  private Sample() {}

  static String json(int client, long number) {
    return "{\"type\":\"order.placed\",\"order\":\""
        + client
        + "-"
        + number
        + "\",\"item\":\"three-strand rope\",\"metres\":"
        + (1 + number * 7 % 200)
        + ",\"customer\":\""
        + HexFormat.of().toHexDigits(mixed(31L * number + client))
        + "\"}";
  }

  /// The finishing steps of SplitMix64: every input gives another, random-looking output.
  private static long mixed(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
