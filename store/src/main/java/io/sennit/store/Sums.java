package io.sennit.store;

import io.sennit.dag.Summary;
import io.sennit.store.ByteSource.Malformed;

/// Summaries as rows.
final class Sums {
  private Sums() {}

  static byte[] toBytes(Summary sum) {
    return new ByteSink(40)
        .varint(sum.count())
        .u64(sum.a())
        .u64(sum.b())
        .u64(sum.c())
        .u64(sum.d())
        .toBytes();
  }

  static Summary read(byte[] bytes) {
    try {
      var source = new ByteSource(bytes);
      return new Summary(source.varint(), source.u64(), source.u64(), source.u64(), source.u64());
    } catch (Malformed e) {
      throw Index.illegible("a sum", e);
    }
  }
}
