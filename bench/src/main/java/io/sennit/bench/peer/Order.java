package io.sennit.bench.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What the measured clients say: an order as a shop would write it, different each time, the same
/// for everybody who is measured. About eleven of its bytes are random.
///
/// @param client who says it
/// @param number counts from 0, for each client
public record Order(int client, long number) {
  private static final String[] STATES = {"open", "paid", "sent", "done", "void"};

  /// What an application hands to Sennit: canonical already.
  public String json() {
    long random = mixed(place());
    return "{\"data\":{\"amount\":"
        + (1 + Long.remainderUnsigned(random, 99_999))
        + "."
        + (1 + number % 9)
        + ",\"customer\":\"c-"
        + (100_000 + Long.remainderUnsigned(random >>> 7, 899_999))
        + "\",\"items\":[{\"qty\":"
        + (1 + (random >>> 60))
        + ",\"sku\":\"SKU-"
        + (1_000 + Long.remainderUnsigned(random >>> 13, 8_999))
        + "\"}],\"status\":\""
        + STATES[(int) Long.remainderUnsigned(random >>> 3, STATES.length)]
        + "\"},\"subject\":\"order/"
        + (10_000_000 + Long.remainderUnsigned(mixed(random), 89_999_999))
        + "\",\"type\":\"order.placed\"}";
  }

  /// 32 random bytes in place of the event's hash: the key where somebody needs one.
  public byte[] id() {
    var id = ByteBuffer.allocate(32);
    for (int i = 0; i < 4; i++) {
      id.putLong(mixed(4 * place() + i));
    }
    return id.array();
  }

  /// What others store: as long as the canonical bytes that Sennit hashes for this order, and as
  /// hard to compress, with random bytes in the parent's place.
  public byte[] body() {
    var json = json();
    int type = json.indexOf(",\"subject\"");
    return (json.substring(0, type)
            + ",\"machine\":\"bWFjaGluZSBvZiBhIHNob3AgdGhhdCBzZWxscyByb3B\",\"parents\":[\""
            + HexFormat.of().formatHex(new Order(client, number - 1).id())
            + "\"]"
            + json.substring(type, json.lastIndexOf(",\"type\""))
            + ",\"time\":\"2026-11-22T14:"
            + digits(number / 60_000 % 60, 2)
            + ":"
            + digits(number / 1_000 % 60, 2)
            + "."
            + digits(number % 1_000, 3)
            + "Z\""
            + json.substring(json.lastIndexOf(",\"type\"")))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Another number for each order.
  private long place() {
    return ((long) client << 40) + number;
  }

  private static String digits(long number, int count) {
    var digits = Long.toString(number);
    return "0".repeat(count - digits.length()) + digits;
  }

  /// The finishing steps of SplitMix64: every input gives another, random-looking output.
  private static long mixed(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
