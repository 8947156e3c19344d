package io.sennit.sync;

import io.sennit.dag.Distances;
import io.sennit.dag.Key;
import io.sennit.event.EventId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The elements that messages are made of.
///
/// Whole numbers are LEB128 varints of at most 63 bits; texts, bytes and lists begin with their
/// length; ids are 32 raw bytes; flags are one byte, 0 or 1.
final class Wire {
  private Wire() {}

  /// Bytes that are no message.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /// Collects a message's bytes.
  static final class Writer implements Distances.Sink {
    private byte[] bytes = new byte[256];
    private int size;

    private void reserve(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
      }
    }

    private void octet(int octet) {
      reserve(1);
      bytes[size++] = (byte) octet;
    }

    @Override
    public void putNumber(long number) {
      number(number);
    }

    @Override
    public void putOctet(int octet) {
      octet(octet);
    }

    Writer type(int type) {
      octet(type);
      return this;
    }

    Writer flag(boolean flag) {
      octet(flag ? 1 : 0);
      return this;
    }

    Writer number(long number) {
      if (number < 0) {
        throw new IllegalArgumentException("negative: " + number);
      }
      long rest = number;
      while (rest >= 0x80) {
        octet((int) (rest | 0x80));
        rest >>>= 7;
      }
      octet((int) rest);
      return this;
    }

    Writer word(long word) {
      return word(word, Long.BYTES);
    }

    /// The lowest bytes of the word, big-endian.
    Writer word(long word, int sizeBytes) {
      for (int shift = 8 * (sizeBytes - 1); shift >= 0; shift -= 8) {
        octet((int) (word >>> shift));
      }
      return this;
    }

    Writer bytes(byte[] added) {
      number(added.length);
      raw(added, 0, added.length);
      return this;
    }

    /// Bytes without their length.
    void raw(byte[] added, int from, int to) {
      reserve(to - from);
      System.arraycopy(added, from, bytes, size, to - from);
      size += to - from;
    }

    Writer raw(Writer other) {
      raw(other.bytes, 0, other.size);
      return this;
    }

    Writer text(String text) {
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Writer id(EventId id) {
      raw(id.toBytes(), 0, EventId.SIZE_BYTES);
      return this;
    }

    Writer key(Key key) {
      return number(key.height()).id(key.id());
    }

    <T> Writer list(List<T> items, Consumer<T> each) {
      number(items.size());
      items.forEach(each);
      return this;
    }

    byte[] toBytes() {
      return Arrays.copyOf(bytes, size);
    }
  }

  /// Takes a message's bytes apart; every length is checked before anything is made of it.
  static final class Reader implements Distances.Source<MalformedException> {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /// Reads one item of a list.
    interface Item<T> {
      T read() throws MalformedException;
    }

    @Override
    public long nextNumber() throws MalformedException {
      return number();
    }

    @Override
    public int nextOctet() throws MalformedException {
      return oneByte();
    }

    @Override
    public MalformedException senseless(String why) {
      return new MalformedException(why);
    }

    int type() throws MalformedException {
      return oneByte();
    }

    boolean flag() throws MalformedException {
      int flag = oneByte();
      if (flag > 1) {
        throw new MalformedException("a flag is 0 or 1, not " + flag);
      }
      return flag == 1;
    }

    long number() throws MalformedException {
      long number = 0;
      for (int shift = 0; shift < 63; shift += 7) {
        int next = oneByte();
        number |= (long) (next & 0x7f) << shift;
        if (next < 0x80) {
          if (next == 0 && shift > 0) {
            throw new MalformedException("a number is not in its shortest form");
          }
          return number;
        }
      }
      throw new MalformedException("a number has more than 63 bits");
    }

    long word() throws MalformedException {
      return word(Long.BYTES);
    }

    /// So many bytes, big-endian.
    long word(int sizeBytes) throws MalformedException {
      require(sizeBytes);
      long word = 0;
      for (int i = 0; i < sizeBytes; i++) {
        word = word << 8 | (bytes[at++] & 0xff);
      }
      return word;
    }

    byte[] bytes() throws MalformedException {
      long length = number();
      require(length);
      var result = new byte[(int) length];
      System.arraycopy(bytes, at, result, 0, result.length);
      at += result.length;
      return result;
    }

    String text() throws MalformedException {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    EventId id() throws MalformedException {
      require(EventId.SIZE_BYTES);
      var id = EventId.of(bytes, at);
      at += EventId.SIZE_BYTES;
      return id;
    }

    Key key() throws MalformedException {
      return new Key(number(), id());
    }

    /// @param sizeBytesMin the least an item takes, so that a length cannot promise more than is
    ///   there
    <T> List<T> list(int sizeBytesMin, Item<T> item) throws MalformedException {
      long size = number();
      require(Math.multiplyExact(Math.min(size, Integer.MAX_VALUE), sizeBytesMin));
      var items = new ArrayList<T>((int) size);
      for (long i = 0; i < size; i++) {
        items.add(item.read());
      }
      return items;
    }

    /// What is being read. Shared: do not write to it.
    byte[] array() {
      return bytes;
    }

    /// Passes over so many bytes; answers where they begin.
    int skip(int length) throws MalformedException {
      require(length);
      int from = at;
      at += length;
      return from;
    }

    boolean atEnd() {
      return at == bytes.length;
    }

    void skipToEnd() {
      at = bytes.length;
    }

    private int oneByte() throws MalformedException {
      require(1);
      return bytes[at++] & 0xff;
    }

    void require(long length) throws MalformedException {
      if (length > bytes.length - at) {
        throw new MalformedException("the message ends too early");
      }
    }
  }
}
