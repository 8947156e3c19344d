package io.sennit.store;

/// Where a record stands in the log: the segment's number in the high 32 bits, the offset in its
/// file in the low ones. Later records have higher addresses.
final class LogAddress {
  private LogAddress() {}

  static long of(int segment, long offset) {
    return ((long) segment << 32) | offset;
  }

  static int segment(long address) {
    return (int) (address >>> 32);
  }

  static long offset(long address) {
    return address & 0xffff_ffffL;
  }

  /// Name of the file that holds the address.
  static String file(long address) {
    return "%08d.log".formatted(segment(address));
  }

  static String toString(long address) {
    return "segment %d, byte %d".formatted(segment(address), offset(address));
  }
}
