package io.sennit.bench.peer;

/// A peer cannot be had on this computer; the message says why, in plain words.
public final class Missing extends Exception {
  private static final long serialVersionUID = 1L;

  Missing(String why) {
    super(why);
  }
}
