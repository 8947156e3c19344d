package io.sennit.event;

/// Holds one machine's private key. Ed25519 signatures are deterministic: one message, one seal.
public interface Signer {
  /// The machine that signs.
  MachineId machine();

  /// The signature over `message`: 64 bytes.
  byte[] sign(byte[] message);
}
