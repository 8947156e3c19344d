package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Seals;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Checks seals by the one rule of `docs/event-format.md`: with libsodium where the computer has
/// it, else with Bouncy Castle.
///
/// ```text
///   the key: canonical, of prime order  (Bouncy Castle, once for each key)
///   R is not the neutral element, S is below the group's order
///   [S]B = R + [k]A   libsodium:      compares encodings, so R is canonical and of prime order
///                     Bouncy Castle:  multiplies by the cofactor; so R is checked like a key before
/// ```
///
/// Both ways give the same verdict for every signature; the edge cases are pinned by vectors.
public final class Ed25519Seals implements Seals {
  private static final int KEYS_MAX = 4096;

  /// The neutral element's encoding: y = 1.
  private static final byte[] NEUTRAL = neutral();

  /// 2²⁵² + 27742317777372353535851937790883648493, little-endian.
  private static final byte[] ORDER =
      HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

  private final Optional<Sodium> sodium;

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

  /// With the best library that is here.
  public Ed25519Seals() {
    this(Sodium.found());
  }

  Ed25519Seals(Optional<Sodium> sodium) {
    this.sodium = sodium;
  }

  private static byte[] neutral() {
    var encoding = new byte[Ed25519.PUBLIC_KEY_SIZE];
    encoding[0] = 1;
    return encoding;
  }

  @Override
  public boolean valid(MachineId machine, byte[] message, byte[] seal) {
    if (seal.length != Ed25519.SIGNATURE_SIZE || isNeutral(seal) || !belowOrder(seal)) {
      return false;
    }
    var key = key(machine);
    if (key.isEmpty()) {
      return false;
    }
    return sodium.isPresent()
        ? sodium.get().verifies(seal, message, machine.toBytes())
        : isPrimeOrder(seal) && Ed25519.verify(seal, 0, key.get(), message, 0, message.length);
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
    return !isNeutral(encoding) && Ed25519.validatePublicKeyFull(encoding, 0);
  }

  private static boolean isNeutral(byte[] encoding) {
    return Arrays.equals(encoding, 0, NEUTRAL.length, NEUTRAL, 0, NEUTRAL.length);
  }

  /// Whether S, the second half, is below the group's order.
  private static boolean belowOrder(byte[] seal) {
    for (int i = ORDER.length - 1; i >= 0; i--) {
      int difference = Byte.compareUnsigned(seal[ORDER.length + i], ORDER[i]);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
