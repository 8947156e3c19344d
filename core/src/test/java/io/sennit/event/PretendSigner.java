package io.sennit.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A signer without cryptography, for tests of everything but the seals: the "signature" is a hash
/// over the public key and the message, so anybody could make it, but a wrong one is still found.
public final class PretendSigner implements Signer {
  private final MachineId machine;

  /// The machine that pretends to own this key.
  public PretendSigner(MachineId machine) {
    this.machine = machine;
  }

  /// The machine with this number.
  public static PretendSigner number(long number) {
    var key = sha256(("machine " + number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new PretendSigner(MachineId.of(key, 0));
  }

  /// Checks what pretended signers sign.
  public static Seals seals() {
    return (machine, message, seal) -> Arrays.equals(seal, signature(machine, message));
  }

  @Override
  public MachineId machine() {
    return machine;
  }

  @Override
  public byte[] sign(byte[] message) {
    return signature(machine, message);
  }

  private static byte[] signature(MachineId machine, byte[] message) {
    var both = Arrays.copyOf(machine.toBytes(), MachineId.SIZE_BYTES + message.length);
    System.arraycopy(message, 0, both, MachineId.SIZE_BYTES, message.length);
    var half = sha256(both);
    var seal = Arrays.copyOf(half, 64);
    System.arraycopy(sha256(half), 0, seal, 32, 32);
    return seal;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
