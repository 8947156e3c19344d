package io.sennit.node;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A part of a recording as a file: a mark, then frames. `docs/recording.md` has the table.
///
/// A frame says its kind, its length and the CRC32C of what follows; a second CRC32C vouches for
/// that and for the frame's place in the file, so that a damaged length is not taken for an end.
final class PartFormat {
  /// The first bytes of the file.
  static final byte[] MARK = "sennit recording\n".getBytes(StandardCharsets.US_ASCII);

  static final int HEADER_SIZE_BYTES = 1 + 3 * Integer.BYTES;

  /// Steps, compressed.
  static final byte PIECE = 1;

  /// The part was ended on purpose; the text says why.
  static final byte END = 2;

  private static final int LEVEL = 1;
  private static final String SUFFIX = ".part";

  private PartFormat() {}

  /// What a frame says of itself.
  record Header(byte kind, int length, int checksum) {}

  static Path file(Path folder, long number) {
    return folder.resolve("%08d%s".formatted(number, SUFFIX));
  }

  /// The number in a part's name, or -1 for any other file.
  static long number(Path file) {
    var name = file.getFileName().toString();
    return name.matches("[0-9]{8}\\.part") ? Long.parseLong(name.substring(0, 8)) : -1;
  }

  static ByteBuffer piece(byte[] steps, long at) {
    return frame(PIECE, Zstd.compress(steps, LEVEL), at);
  }

  static ByteBuffer end(String why, long at) {
    return frame(END, why.getBytes(StandardCharsets.UTF_8), at);
  }

  private static ByteBuffer frame(byte kind, byte[] payload, long at) {
    int checksum = checksum(payload);
    return ByteBuffer.allocate(HEADER_SIZE_BYTES + payload.length)
        .put(kind)
        .putInt(payload.length)
        .putInt(checksum)
        .putInt(checksum(kind, payload.length, checksum, at))
        .put(payload)
        .flip();
  }

  /// The header that begins at `at` in the file, or null when these bytes are none.
  static @Nullable Header header(ByteBuffer bytes, long at) {
    byte kind = bytes.get();
    int length = bytes.getInt();
    int checksum = bytes.getInt();
    return bytes.getInt() == checksum(kind, length, checksum, at)
        ? new Header(kind, length, checksum)
        : null;
  }

  static boolean matches(Header header, byte[] payload) {
    return checksum(payload) == header.checksum;
  }

  /// The steps of a piece, or null when they are not what was compressed.
  static byte @Nullable [] steps(byte[] payload) {
    try {
      long size = Zstd.getFrameContentSize(payload);
      return size <= 0 || size > Integer.MAX_VALUE ? null : Zstd.decompress(payload, (int) size);
    } catch (ZstdException _) {
      return null;
    }
  }

  private static int checksum(byte[] payload) {
    var crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }

  private static int checksum(byte kind, int length, int checksum, long at) {
    var crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(1 + 2 * Integer.BYTES + Long.BYTES)
            .put(kind)
            .putInt(length)
            .putInt(checksum)
            .putLong(at)
            .flip());
    return (int) crc.getValue();
  }
}
