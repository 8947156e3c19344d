package io.sennit.store;

import io.sennit.dag.Positions;
import io.sennit.store.ByteSource.Malformed;

/// What is known of a machine that has written something.
///
/// @param number short for its key, in the nodes
/// @param tips where its chain ends, as [io.sennit.dag.ChainEnds] has it
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
}
