package io.sennit.recording;

import io.sennit.dag.Key;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Takes apart what a [ByteWriter] has put together; what is promised is there before anything is
/// made of it.
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  int kind() {
    require(1);
    return bytes[at++] & 0xff;
  }

  boolean flag() {
    int flag = kind();
    if (flag > 1) {
      throw new MalformedRecordingException("a flag is 0 or 1, not " + flag);
    }
    return flag == 1;
  }

  long number() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = kind();
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw new MalformedRecordingException("a number has more than 64 bits");
  }

  /// A number that an `int` holds, and that is not negative.
  int count() {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedRecordingException("no count: " + number);
    }
    return (int) number;
  }

  long signed() {
    long number = number();
    return number >>> 1 ^ -(number & 1);
  }

  long word() {
    require(Long.BYTES);
    long word = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      word = word << 8 | (bytes[at++] & 0xff);
    }
    return word;
  }

  byte[] bytes() {
    return raw(count());
  }

  byte[] raw(int length) {
    require(length);
    var taken = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return taken;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  EventId id() {
    require(EventId.SIZE_BYTES);
    var id = EventId.of(bytes, at);
    at += EventId.SIZE_BYTES;
    return id;
  }

  MachineId machine() {
    require(MachineId.SIZE_BYTES);
    var machine = MachineId.of(bytes, at);
    at += MachineId.SIZE_BYTES;
    return machine;
  }

  Key key() {
    return new Key(number(), id());
  }

  /// Each item takes a byte at least.
  <T> List<T> list(Supplier<T> item) {
    int size = count();
    require(size);
    var items = new ArrayList<T>(size);
    for (int i = 0; i < size; i++) {
      items.add(item.get());
    }
    return items;
  }

  private void require(long length) {
    if (length > bytes.length - at) {
      throw new MalformedRecordingException("it ends within a step");
    }
  }
}
