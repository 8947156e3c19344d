package io.sennit.store;

import io.sennit.store.ByteSource.Malformed;

/// How far RocksDB is: everything up to a position, nothing after it.
///
/// @param position the last event it has
/// @param address the record that holds this event; the log is read again from here
/// @param heightMax the highest height, or -1
/// @param machines how many machines have a number
/// @param logHigh and `logLow`: whose log it was made from
record Checkpoint(
    long position, long address, long heightMax, int machines, long logHigh, long logLow) {
  byte[] toBytes() {
    return new ByteSink(64)
        .varint(position)
        .varint(address)
        .zigzag(heightMax)
        .varint(machines)
        .u64(logHigh)
        .u64(logLow)
        .toBytes();
  }

  static Checkpoint read(byte[] bytes) {
    try {
      var source = new ByteSource(bytes);
      return new Checkpoint(
          source.varint(),
          source.varint(),
          source.zigzag(),
          source.varint(0, Integer.MAX_VALUE),
          source.u64(),
          source.u64());
    } catch (Malformed e) {
      throw Index.illegible("its checkpoint", e);
    }
  }
}
