package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Seals;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Checks seals with Bouncy Castle, by the one rule of `docs/event-format.md`.
///
/// The library's equation is multiplied by the cofactor; ours is not. The two agree when the key
/// and the R-part of the signature both lie in the prime-order group, so that is checked first:
/// once for each key, and for every R-part. It also checks that S is below the group's order.
final class Ed25519Seals implements Seals {
  private static final int KEYS_MAX = 4096;

  /// The neutral element's encoding: y = 1.
  private static final byte[] NEUTRAL = neutral();

  /// Keys that were looked at, least recently used first; empty for those that are no key.
  private final Map<MachineId, Optional<Ed25519.PublicPoint>> keys =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<MachineId, Optional<Ed25519.PublicPoint>> eldest) {
          return size() > KEYS_MAX;
        }
      };

  private static byte[] neutral() {
    var encoding = new byte[Ed25519.PUBLIC_KEY_SIZE];
    encoding[0] = 1;
    return encoding;
  }

  @Override
  public boolean valid(MachineId machine, byte[] message, byte[] seal) {
    var key = key(machine);
    return key.isPresent()
        && seal.length == Ed25519.SIGNATURE_SIZE
        && isPrimeOrder(seal)
        && Ed25519.verify(seal, 0, key.get(), message, 0, message.length);
  }

  private synchronized Optional<Ed25519.PublicPoint> key(MachineId machine) {
    return keys.computeIfAbsent(
        machine,
        id -> {
          var encoding = id.toBytes();
          return isPrimeOrder(encoding)
              ? Optional.ofNullable(Ed25519.validatePublicKeyFullExport(encoding, 0))
              : Optional.empty();
        });
  }

  /// Whether the first 32 bytes are the canonical encoding of a point of prime order.
  private static boolean isPrimeOrder(byte[] encoding) {
    return !Arrays.equals(encoding, 0, NEUTRAL.length, NEUTRAL, 0, NEUTRAL.length)
        && Ed25519.validatePublicKeyFull(encoding, 0);
  }
}
