package io.sennit.recording;

import io.sennit.dag.Key;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Collects the bytes of a recording.
///
/// Whole numbers are LEB128 varints; texts, byte strings and lists begin with their length; ids are
/// 32 raw bytes; flags and kinds are one byte.
final class ByteWriter {
  private byte[] bytes = new byte[1024];
  private int size;

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }

  ByteWriter kind(int kind) {
    reserve(1);
    bytes[size++] = (byte) kind;
    return this;
  }

  ByteWriter flag(boolean flag) {
    return kind(flag ? 1 : 0);
  }

  /// A number that is seldom negative; all 64 bits are kept.
  ByteWriter number(long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      kind((int) (rest | 0x80));
      rest >>>= 7;
    }
    return kind((int) rest);
  }

  /// A number of either sign, small when it is near 0.
  ByteWriter signed(long number) {
    return number(number << 1 ^ number >> 63);
  }

  ByteWriter word(long word) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      kind((int) (word >>> shift));
    }
    return this;
  }

  ByteWriter bytes(byte[] added) {
    number(added.length);
    return raw(added);
  }

  /// Bytes without their length.
  ByteWriter raw(byte[] added) {
    reserve(added.length);
    System.arraycopy(added, 0, bytes, size, added.length);
    size += added.length;
    return this;
  }

  ByteWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  ByteWriter id(EventId id) {
    reserve(EventId.SIZE_BYTES);
    id.writeTo(bytes, size);
    size += EventId.SIZE_BYTES;
    return this;
  }

  ByteWriter machine(MachineId machine) {
    reserve(MachineId.SIZE_BYTES);
    machine.writeTo(bytes, size);
    size += MachineId.SIZE_BYTES;
    return this;
  }

  ByteWriter key(Key key) {
    return number(key.height()).id(key.id());
  }

  <T> ByteWriter list(List<T> items, Consumer<T> each) {
    number(items.size());
    items.forEach(each);
    return this;
  }

  int size() {
    return size;
  }

  byte[] take() {
    var taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }
}
