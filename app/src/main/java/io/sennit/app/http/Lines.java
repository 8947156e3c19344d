package io.sennit.app.http;

import java.util.Arrays;

/// JSON Lines, taken apart. Empty lines are counted and skipped.
final class Lines {
  /// Takes one line.
  @FunctionalInterface
  interface Taker {
    /// Takes it without its line feed.
    ///
    /// @param number from 1
    void take(int number, byte[] line);
  }

  private Lines() {}

  /// Hands over every line that is not blank.
  static void forEach(byte[] body, Taker taker) {
    int number = 0;
    int from = 0;
    while (from < body.length) {
      int to = from;
      boolean blank = true;
      while (to < body.length && body[to] != '\n') {
        blank &= body[to] == ' ' || body[to] == '\t' || body[to] == '\r';
        to++;
      }
      number++;
      if (!blank) {
        taker.take(number, Arrays.copyOfRange(body, from, body[to - 1] == '\r' ? to - 1 : to));
      }
      from = to + 1;
    }
  }
}
