package io.sennit.simulator;

import io.sennit.event.MachineId;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A machine's key without cryptography: anybody could make its seals, but a wrong one is found.
/// Ed25519 has tests of its own, and would take most of the time here.
public record PretendKey(MachineId machine) implements Signer {
  private static final int SEAL_SIZE_BYTES = 64;

  /// The same number is the same key.
  public static PretendKey number(long number) {
    var random = new SplittableRandom(number);
    return new PretendKey(
        new MachineId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
  }

  /// Accepts what [#sign] makes, and nothing else.
  public static Seals seals() {
    return (machine, message, seal) -> Arrays.equals(seal, seal(machine, message));
  }

  @Override
  public byte[] sign(byte[] message) {
    return seal(machine, message);
  }

  private static byte[] seal(MachineId machine, byte[] message) {
    long hash = machine.a() ^ machine.d();
    for (byte b : message) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    var random = new SplittableRandom(hash);
    var seal = ByteBuffer.allocate(SEAL_SIZE_BYTES);
    while (seal.hasRemaining()) {
      seal.putLong(random.nextLong());
    }
    return seal.array();
  }
}
