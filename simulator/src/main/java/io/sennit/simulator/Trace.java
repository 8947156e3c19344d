package io.sennit.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A hash over everything that happened, in order.
final class Trace {
  private final MessageDigest hash;

  Trace() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(long atNanos, int site, String what) {
    hash.update((atNanos + " " + site + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void add(byte[] bytes) {
    hash.update(bytes);
  }

  /// The hash of all so far; adding goes on from there.
  String hash() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) hash.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }
}
