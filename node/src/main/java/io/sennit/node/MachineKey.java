package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Signer;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// A machine's Ed25519 key pair (RFC 8032).
final class MachineKey implements Signer {
  /// Size of the private key.
  static final int SIZE_BYTES = Ed25519.SECRET_KEY_SIZE;

  private final byte[] privateKey;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
  private final MachineId machine;

  /// The key pair of this private key: 32 bytes.
  MachineKey(byte[] privateKey) {
    if (privateKey.length != SIZE_BYTES) {
      throw new IllegalArgumentException("a private key has 32 bytes, not " + privateKey.length);
    }
    this.privateKey = privateKey.clone();
    Ed25519.generatePublicKey(privateKey, 0, publicKey, 0);
    machine = MachineId.of(publicKey, 0);
  }

  /// A fresh key pair.
  static MachineKey generate() {
    var fresh = new byte[SIZE_BYTES];
    new SecureRandom().nextBytes(fresh);
    return new MachineKey(fresh);
  }

  /// A copy of the private key, to be stored.
  byte[] privateKey() {
    return privateKey.clone();
  }

  @Override
  public MachineId machine() {
    return machine;
  }

  @Override
  public byte[] sign(byte[] message) {
    var seal = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(privateKey, 0, publicKey, 0, message, 0, message.length, seal, 0);
    return seal;
  }
}
