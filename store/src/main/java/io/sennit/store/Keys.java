package io.sennit.store;

/// Keys of the index's rows. Numbers are big-endian, so that rows are in their order.
final class Keys {
  /// Heights in a block.
  static final int BLOCK_BITS = 5;

  /// Levels of sums: 32, 1,024, 32,768 and 1,048,576 heights.
  static final int LEVELS = 4;

  private static final int TIP = 't';
  private static final int MACHINE = 'm';
  private static final int LOST = 'l';

  private static final int RECEIPT = 'k';
  private static final int RECEIPT_AT = 'p';

  /// Which lists of uuids there are.
  static final byte[] LISTS = {'i'};

  /// The page that is not full yet.
  static final byte[] LAST_PAGE = {'n'};

  private Keys() {}

  static byte[] number(long number) {
    return new ByteSink(8).u64(number).toBytes();
  }

  static long toNumber(byte[] key) {
    return toNumber(key, 0);
  }

  private static long toNumber(byte[] key, int from) {
    return big(key, from, Long.BYTES);
  }

  /// A number of so many bytes.
  static long big(byte[] bytes, int from, int count) {
    long number = 0;
    for (int i = from; i < from + count; i++) {
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return number;
  }

  static byte[] tip(long position) {
    return new ByteSink(9).u8(TIP).u64(position).toBytes();
  }

  static boolean isTip(byte[] key) {
    return key[0] == TIP;
  }

  static long tipPosition(byte[] key) {
    return toNumber(key, 1);
  }

  static byte[] lost(long position) {
    return new ByteSink(9).u8(LOST).u64(position).toBytes();
  }

  static boolean isLost(byte[] key) {
    return key[0] == LOST;
  }

  static long lostPosition(byte[] key) {
    return toNumber(key, 1);
  }

  static byte[] machine(int number) {
    return new ByteSink(5).u8(MACHINE).u32(number).toBytes();
  }

  static byte[] receipt(byte[] key) {
    return new ByteSink(1 + key.length).u8(RECEIPT).bytes(key).toBytes();
  }

  /// Behind all keys of receipts.
  static byte[] receiptAt(long position) {
    return new ByteSink(9).u8(RECEIPT_AT).u64(position).toBytes();
  }

  static long receiptPosition(byte[] key) {
    return toNumber(key, 1);
  }

  /// @param level 1 to [#LEVELS]
  static byte[] sum(int level, long block) {
    return new ByteSink(9).u8(level).u64(block).toBytes();
  }

  static int sumLevel(byte[] key) {
    return key[0];
  }

  static long sumBlock(byte[] key) {
    return toNumber(key, 1);
  }
}
