package io.sennit.store;

import io.sennit.dag.Receipt;
import io.sennit.store.ByteSource.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Receipts as notes of a record, and as rows of the index. `docs/store.md` has the tables.
final class ReceiptNote {
  private static final int KIND = 1;
  private static final int FINGERPRINT_SIZE_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();

  private ReceiptNote() {}

  static byte[] encode(long firstPosition, Receipt receipt) {
    var key = receipt.key().getBytes(StandardCharsets.UTF_8);
    return new ByteSink(key.length + 48)
        .u8(KIND)
        .varint(receipt.first() - firstPosition)
        .varint(receipt.count())
        .bytes(HEX.parseHex(receipt.fingerprint()))
        .bytes(key)
        .toBytes();
  }

  /// The record's receipts, by the position of their first event. Notes of other kinds are passed
  /// over.
  static Map<Long, Receipt> decode(LogRecord record) {
    var receipts = new HashMap<Long, Receipt>();
    for (var note : record.notes()) {
      var receipt = decode(record, note);
      if (receipt != null) {
        receipts.put(receipt.first(), receipt);
      }
    }
    return receipts;
  }

  private static @Nullable Receipt decode(LogRecord record, byte[] note) {
    try {
      var source = new ByteSource(note);
      if (source.u8() != KIND) {
        return null;
      }
      long first = record.firstPosition() + source.varint(0, record.count() - 1);
      int count = source.varint(1, Integer.MAX_VALUE);
      var fingerprint = HEX.formatHex(source.bytes(FINGERPRINT_SIZE_BYTES));
      return new Receipt(text(source, note.length), fingerprint, first, count);
    } catch (Malformed e) {
      throw new StoreException(
          "the record at %s is whole but makes no sense: a receipt %s"
              .formatted(LogAddress.toString(record.address()), e.getMessage()));
    }
  }

  static byte[] toRow(Receipt receipt) {
    return new ByteSink(48)
        .varint(receipt.first())
        .varint(receipt.count())
        .bytes(HEX.parseHex(receipt.fingerprint()))
        .toBytes();
  }

  static Receipt ofRow(String key, byte[] row) {
    try {
      var source = new ByteSource(row);
      long first = source.varint();
      int count = source.varint(1, Integer.MAX_VALUE);
      return new Receipt(key, HEX.formatHex(source.bytes(FINGERPRINT_SIZE_BYTES)), first, count);
    } catch (Malformed e) {
      throw Index.illegible("a receipt", e);
    }
  }

  private static String text(ByteSource source, int end) throws Malformed {
    return new String(source.bytes(end - source.at()), StandardCharsets.UTF_8);
  }
}
