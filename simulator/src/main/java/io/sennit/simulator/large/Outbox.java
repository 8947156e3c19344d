package io.sennit.simulator.large;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one sector sent to another in one window, in order.
final class Outbox {
  private static final int LENGTH_MIN = 64;

  private long[] ticks = new long[LENGTH_MIN];
  private byte[] kinds = new byte[LENGTH_MIN];
  private int[] machines = new int[LENGTH_MIN];
  private int[] links = new int[LENGTH_MIN];
  private int[] words = new int[LENGTH_MIN];
  private @Nullable Object[] bodies = new Object[LENGTH_MIN];
  private int size;

  void add(long tick, int kind, int machine, int link, int word, Object body) {
    if (size == ticks.length) {
      int length = 2 * size;
      ticks = Arrays.copyOf(ticks, length);
      kinds = Arrays.copyOf(kinds, length);
      machines = Arrays.copyOf(machines, length);
      links = Arrays.copyOf(links, length);
      words = Arrays.copyOf(words, length);
      bodies = Arrays.copyOf(bodies, length);
    }
    ticks[size] = tick;
    kinds[size] = (byte) kind;
    machines[size] = machine;
    links[size] = link;
    words[size] = word;
    bodies[size++] = body;
  }

  int size() {
    return size;
  }

  long tick(int index) {
    return ticks[index];
  }

  int kind(int index) {
    return kinds[index];
  }

  int machine(int index) {
    return machines[index];
  }

  int link(int index) {
    return links[index];
  }

  int word(int index) {
    return words[index];
  }

  Object body(int index) {
    var body = bodies[index];
    if (body == null) {
      throw new IllegalStateException("nothing at " + index + " of " + size);
    }
    return body;
  }

  void clear() {
    Arrays.fill(bodies, 0, size, null);
    size = 0;
  }

  /// What it takes of the heap, about, without the bodies.
  long sizeBytes() {
    return 25L * ticks.length;
  }
}
