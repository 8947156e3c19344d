package io.sennit.recording;

import io.sennit.dag.Key;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.Arrays;

/// A quick hash over the questions of one step. It tells a changed machine from the one that was
/// recorded, and nobody is to be kept from forging it.
final class Asked {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private long hash;

  Asked about(Question question) {
    return about(question.number);
  }

  Asked about(long word) {
    hash = Long.rotateLeft(hash ^ word, 27) * ODD;
    return this;
  }

  Asked about(EventId id) {
    return about(id.a()).about(id.b()).about(id.c()).about(id.d());
  }

  Asked about(MachineId machine) {
    return about(machine.a()).about(machine.b()).about(machine.c()).about(machine.d());
  }

  Asked about(Key key) {
    return about(key.height()).about(key.id());
  }

  Asked about(String text) {
    return about(text.hashCode());
  }

  Asked about(byte[] bytes) {
    return about(bytes.length).about(Arrays.hashCode(bytes));
  }

  /// The hash since it was taken last.
  long take() {
    long taken = hash;
    hash = 0;
    return taken;
  }
}
