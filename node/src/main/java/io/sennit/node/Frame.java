package io.sennit.node;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What travels on a link: a length, a kind, and so many bytes. `docs/protocol.md` has the table.
sealed interface Frame {
  /// The largest frame and the largest message, which is more than the largest run.
  int SIZE_BYTES_MAX = 8 * 1024 * 1024;

  /// A message; compressed on the way when that makes it smaller.
  @SuppressWarnings("ArrayRecordComponent") // on its way from one buffer to the next
  record Carrying(byte[] message) implements Frame {}

  /// A message whose end is compressed already.
  ///
  /// @param bytes the beginning of the message as it is, then its compressed end
  /// @param beginSizeBytes of the part that is not compressed
  /// @param sizeBytes of the message once all of it is decompressed
  @SuppressWarnings("ArrayRecordComponent") // on its way from one buffer to the next
  record Ending(byte[] bytes, int beginSizeBytes, int sizeBytes) implements Frame {}

  /// The sender of this frame has dealt with so much of what it was given on this link, in all.
  ///
  /// @param sizeBytes of the events, rebuilt
  record Credit(long events, long sizeBytes) implements Frame {}

  /// The bytes are no frame.
  final class FaultyException extends IOException {
    private static final long serialVersionUID = 1L;

    FaultyException(String message) {
      super(message);
    }
  }

  int MESSAGE = 0;
  int COMPRESSED = 1;
  int CREDIT = 2;
  int END_COMPRESSED = 3;

  /// Smaller messages are not worth the compressor's time.
  int COMPRESSED_SIZE_BYTES_MIN = 512;

  int LEVEL = 1;

  /// The message's frame.
  static Frame of(Message message, MessageCodec codec) {
    var bytes = codec.encode(message);
    if (message instanceof Message.Packed(var runs) && runs.compressed()) {
      int begin = bytes.length - runs.block().length;
      return new Ending(bytes, begin, begin + runs.blockSizeBytes());
    }
    return new Carrying(bytes);
  }

  /// Writes the frame; answers how many bytes it took.
  static int write(Frame frame, DataOutputStream out) throws IOException {
    return switch (frame) {
      case Carrying(var message) -> {
        if (message.length >= COMPRESSED_SIZE_BYTES_MIN) {
          var compressed = Zstd.compress(message, LEVEL);
          if (compressed.length + Integer.BYTES < message.length) {
            out.writeInt(1 + Integer.BYTES + compressed.length);
            out.writeByte(COMPRESSED);
            out.writeInt(message.length);
            out.write(compressed);
            yield 2 * Integer.BYTES + 1 + compressed.length;
          }
        }
        out.writeInt(1 + message.length);
        out.writeByte(MESSAGE);
        out.write(message);
        yield Integer.BYTES + 1 + message.length;
      }
      case Ending(var bytes, var beginSizeBytes, var sizeBytes) -> {
        out.writeInt(1 + 2 * Integer.BYTES + bytes.length);
        out.writeByte(END_COMPRESSED);
        out.writeInt(sizeBytes);
        out.writeInt(beginSizeBytes);
        out.write(bytes);
        yield 3 * Integer.BYTES + 1 + bytes.length;
      }
      case Credit(var events, var sizeBytes) -> {
        out.writeInt(1 + 2 * Long.BYTES);
        out.writeByte(CREDIT);
        out.writeLong(events);
        out.writeLong(sizeBytes);
        yield Integer.BYTES + 1 + 2 * Long.BYTES;
      }
    };
  }

  /// The length of the frame that comes next, checked.
  static int readLength(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length <= 0 || length > SIZE_BYTES_MAX) {
      throw new FaultyException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }

  /// The frame that is so long.
  static Frame read(DataInputStream in, int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new FaultyException("the connection broke within a frame");
    }
    var body = ByteBuffer.wrap(bytes, 1, length - 1);
    return switch (bytes[0]) {
      case MESSAGE -> new Carrying(rest(body));
      case COMPRESSED -> new Carrying(decompressed(sizeBytes(body), 0, body));
      case END_COMPRESSED -> {
        int size = sizeBytes(body);
        int begin = body.remaining() < Integer.BYTES ? -1 : body.getInt();
        if (begin < 0 || begin > size || begin > body.remaining()) {
          throw new FaultyException("a message that begins longer than it is");
        }
        yield new Carrying(decompressed(size, begin, body));
      }
      case CREDIT -> {
        if (length != 1 + 2 * Long.BYTES) {
          throw new FaultyException("a credit of " + length + " bytes");
        }
        yield new Credit(body.getLong(), body.getLong());
      }
      default -> throw new FaultyException("no frame is of kind " + bytes[0]);
    };
  }

  private static byte[] rest(ByteBuffer body) {
    var rest = new byte[body.remaining()];
    body.get(rest);
    return rest;
  }

  private static int sizeBytes(ByteBuffer body) throws FaultyException {
    int size = body.remaining() < Integer.BYTES ? 0 : body.getInt();
    if (size <= 0 || size > SIZE_BYTES_MAX) {
      throw new FaultyException("a message of " + Integer.toUnsignedString(size) + " bytes");
    }
    return size;
  }

  /// @param size of the message
  /// @param begin how much of it stands in front, not compressed
  private static byte[] decompressed(int size, int begin, ByteBuffer body) throws FaultyException {
    var message = new byte[size];
    body.get(message, 0, begin);
    try {
      long written =
          Zstd.decompressByteArray(
              message,
              begin,
              size - begin,
              body.array(),
              body.arrayOffset() + body.position(),
              body.remaining());
      if (!Zstd.isError(written) && begin + written == size) {
        return message;
      }
    } catch (ZstdException e) {
      throw new FaultyException("a message that does not decompress: " + e.getMessage());
    }
    throw new FaultyException("a message that is smaller than it says");
  }
}
