package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Signer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// A machine's Ed25519 key pair (RFC 8032).
final class MachineKey implements Signer {
  /// Size of the private key.
  static final int SIZE_BYTES = Ed25519.SECRET_KEY_SIZE;

  private final Optional<Sodium> sodium;

  /// The private key, then the public one.
  private final byte[] keys = new byte[SIZE_BYTES + Ed25519.PUBLIC_KEY_SIZE];

  private final MachineId machine;

  /// The key pair of this private key: 32 bytes.
  MachineKey(byte[] privateKey) {
    this(privateKey, Sodium.found());
  }

  MachineKey(byte[] privateKey, Optional<Sodium> sodium) {
    if (privateKey.length != SIZE_BYTES) {
      throw new IllegalArgumentException("a private key has 32 bytes, not " + privateKey.length);
    }
    this.sodium = sodium;
    System.arraycopy(privateKey, 0, keys, 0, SIZE_BYTES);
    Ed25519.generatePublicKey(keys, 0, keys, SIZE_BYTES);
    machine = MachineId.of(keys, SIZE_BYTES);
  }

  /// A fresh key pair.
  static MachineKey generate() {
    var fresh = new byte[SIZE_BYTES];
    new SecureRandom().nextBytes(fresh);
    return new MachineKey(fresh);
  }

  /// A copy of the private key, to be stored.
  byte[] privateKey() {
    return Arrays.copyOf(keys, SIZE_BYTES);
  }

  @Override
  public MachineId machine() {
    return machine;
  }

  @Override
  public byte[] sign(byte[] message) {
    if (sodium.isPresent()) {
      return sodium.get().sign(message, keys);
    }
    var seal = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(keys, 0, keys, SIZE_BYTES, message, 0, message.length, seal, 0);
    return seal;
  }
}
