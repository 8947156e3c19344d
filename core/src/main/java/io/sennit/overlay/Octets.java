package io.sennit.overlay;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The elements that overlay messages are made of, the same as in all others: numbers are LEB128
/// varints in their shortest form, words are 8 bytes, big-endian, texts begin with their length.
final class Octets {
  private Octets() {}

  /// Bytes that are no message.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /// Collects a message's bytes, or only counts them.
  static final class Writer {
    private final byte @Nullable [] bytes;
    private int size;

    /// @param bytes exactly as many as will be written; null to count them
    Writer(byte @Nullable [] bytes) {
      this.bytes = bytes;
    }

    Writer octet(int octet) {
      if (bytes != null) {
        bytes[size] = (byte) octet;
      }
      size++;
      return this;
    }

    Writer flag(boolean flag) {
      return octet(flag ? 1 : 0);
    }

    Writer number(int number) {
      if (number < 0) {
        throw new IllegalArgumentException("negative: " + number);
      }
      int rest = number;
      while (rest >= 0x80) {
        octet(rest | 0x80);
        rest >>>= 7;
      }
      return octet(rest);
    }

    Writer word(long word) {
      for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        octet((int) (word >>> shift));
      }
      return this;
    }

    /// An IEEE 754 number of 4 bytes, big-endian.
    Writer real(float real) {
      int bits = Float.floatToIntBits(real);
      return octet(bits >>> 24).octet(bits >>> 16).octet(bits >>> 8).octet(bits);
    }

    Writer ascii(String text) {
      number(text.length());
      for (int i = 0; i < text.length(); i++) {
        octet(text.charAt(i));
      }
      return this;
    }

    int size() {
      return size;
    }

    byte[] bytes() {
      if (bytes == null || bytes.length != size) {
        throw new IllegalStateException(size + " bytes were written");
      }
      return bytes;
    }
  }

  /// Takes a message's bytes apart.
  static final class Reader {
    private static final int NUMBER_BITS_MAX = 35;

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    int octet() throws MalformedException {
      require(1);
      return bytes[at++] & 0xff;
    }

    boolean flag() throws MalformedException {
      int flag = octet();
      if (flag > 1) {
        throw new MalformedException("a flag is 0 or 1, not " + flag);
      }
      return flag == 1;
    }

    /// A number that may not be larger.
    int atMost(int most, String otherwise) throws MalformedException {
      long number = 0;
      for (int shift = 0; shift < NUMBER_BITS_MAX; shift += 7) {
        int next = octet();
        number |= (long) (next & 0x7f) << shift;
        if (next < 0x80) {
          if (next == 0 && shift > 0) {
            throw new MalformedException("a number is not in its shortest form");
          }
          if (number > most) {
            break;
          }
          return (int) number;
        }
      }
      throw new MalformedException(otherwise);
    }

    long word() throws MalformedException {
      require(Long.BYTES);
      long word = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        word = word << Byte.SIZE | (bytes[at++] & 0xff);
      }
      return word;
    }

    float real() throws MalformedException {
      int bits = octet() << 24 | octet() << 16 | octet() << 8 | octet();
      float real = Float.intBitsToFloat(bits);
      if (!Float.isFinite(real)) {
        throw new MalformedException("a coordinate is a finite number");
      }
      return real;
    }

    /// Printable ASCII without spaces.
    String ascii(int lengthMax) throws MalformedException {
      int length = atMost(lengthMax, "a text that is too long");
      require(length);
      for (int i = at; i < at + length; i++) {
        if (bytes[i] <= ' ' || bytes[i] > '~') {
          throw new MalformedException("a text of other characters than printable ASCII");
        }
      }
      var text = new String(bytes, at, length, StandardCharsets.US_ASCII);
      at += length;
      return text;
    }

    boolean atEnd() {
      return at == bytes.length;
    }

    void require(long length) throws MalformedException {
      if (length > bytes.length - at) {
        throw new MalformedException("the message ends too early");
      }
    }
  }
}
