package io.sennit.simulator.large;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frames on their way, each known by a handle that is used again when it has arrived.
final class Frames {
  private @Nullable Object[] bodies = new Object[1024];

  /// Of a frame its link and its word; of a handle that is free, the next one.
  private long[] words = new long[1024];

  private int made;
  private int free = -1;
  private int size;

  /// Sends one on its way.
  ///
  /// @return its handle
  int put(Object body, int link, int word) {
    int handle = free;
    if (handle < 0) {
      if (made == words.length) {
        bodies = Arrays.copyOf(bodies, made * 2);
        words = Arrays.copyOf(words, made * 2);
      }
      handle = made++;
    } else {
      free = (int) words[handle];
    }
    bodies[handle] = body;
    words[handle] = ((long) link << 32) | (word & 0xFFFFFFFFL);
    size++;
    return handle;
  }

  Object body(int handle) {
    var body = bodies[handle];
    if (body == null) {
      throw new IllegalStateException("no frame has the handle " + handle);
    }
    return body;
  }

  int link(int handle) {
    return (int) (words[handle] >>> 32);
  }

  int word(int handle) {
    return (int) words[handle];
  }

  /// It has arrived, or never will.
  void remove(int handle) {
    bodies[handle] = null;
    words[handle] = free;
    free = handle;
    size--;
  }

  /// What it takes of the heap, about, without the bodies.
  long sizeBytes() {
    return 12L * words.length;
  }

  /// Frames under way.
  int size() {
    return size;
  }
}
