package io.sennit.store;

import io.sennit.dag.Positions;
import io.sennit.store.ByteSource.Malformed;
import java.util.stream.LongStream;

/// What is known of a machine that has written something.
///
/// @param number short for its key, in the nodes
/// @param tips its events that no other event of its own names as parent
record AuthorRow(int number, Positions tips) {
  byte[] toBytes() {
    var sink = new ByteSink(16).varint(number).varint(tips.size());
    tips.stream().forEach(sink::varint);
    return sink.toBytes();
  }

  static AuthorRow read(byte[] bytes) {
    try {
      var source = new ByteSource(bytes);
      int number = source.varint(0, Integer.MAX_VALUE);
      var tips = new long[source.varint(0, bytes.length)];
      for (int i = 0; i < tips.length; i++) {
        tips[i] = source.varint();
      }
      return new AuthorRow(number, Positions.of(tips));
    } catch (Malformed e) {
      throw Index.illegible("an author", e);
    }
  }

  /// Its tips after it has written one more event.
  static Positions tipsAfter(Positions tips, long position, Positions parents) {
    if (tips.size() == 1 && parents.contains(tips.get(0))) {
      return Positions.of(position);
    }
    return Positions.of(
        LongStream.concat(
                tips.stream().filter(tip -> !parents.contains(tip)), LongStream.of(position))
            .toArray());
  }
}
