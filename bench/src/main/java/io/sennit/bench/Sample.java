package io.sennit.bench;

/// What the measured clients say: a small order, different each time, as a shop would write it.
final class Sample {
  private Sample() {}

  static String json(int client, long number) {
    return "{\"type\":\"order.placed\",\"order\":\""
        + client
        + "-"
        + number
        + "\",\"item\":\"three-strand rope\",\"metres\":"
        + (1 + number * 7 % 200)
        + ",\"customer\":\"c"
        + number * 7919 % 100_000
        + "\"}";
  }
}
