package io.sennit.event;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Ed25519 as RFC 8032 §5.1 writes it, with the one verdict of `docs/event-format.md`. Plain and
/// slow, so that it can be read against both.
final class Ed25519Reference {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
  private static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);
  private static final Point BASE = base();

  private Ed25519Reference() {}

  /// Projective: x = X / Z, y = Y / Z.
  private record Point(BigInteger x, BigInteger y, BigInteger z) {
    /// The complete addition law of Bernstein, Birkner, Joye, Lange and Peters, "Twisted Edwards
    /// Curves" (2008), section 6.
    Point plus(Point other) {
      var a = z.multiply(other.z).mod(P);
      var b = a.multiply(a).mod(P);
      var c = x.multiply(other.x).mod(P);
      var d = y.multiply(other.y).mod(P);
      var e = D.multiply(c).multiply(d).mod(P);
      var f = b.subtract(e);
      var g = b.add(e);
      var cross = x.add(y).multiply(other.x.add(other.y)).subtract(c).subtract(d);
      return new Point(
          a.multiply(f).multiply(cross).mod(P),
          a.multiply(g).multiply(d.add(c)).mod(P),
          f.multiply(g).mod(P));
    }

    Point times(BigInteger factor) {
      var sum = NEUTRAL;
      for (int i = factor.bitLength() - 1; i >= 0; i--) {
        sum = sum.plus(sum);
        if (factor.testBit(i)) {
          sum = sum.plus(this);
        }
      }
      return sum;
    }

    Point negated() {
      return new Point(x.negate().mod(P), y, z);
    }

    byte[] encode() {
      var inverse = z.modInverse(P);
      var encoded = littleEndian(y.multiply(inverse).mod(P));
      if (x.multiply(inverse).mod(P).testBit(0)) {
        encoded[31] |= (byte) 0x80;
      }
      return encoded;
    }

    boolean isNeutral() {
      return x.signum() == 0 && y.equals(z);
    }
  }

  private static Point base() {
    var y = BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P);
    var point = decode(littleEndian(y));
    if (point == null) {
      throw new AssertionError("the base point is on the curve");
    }
    return point;
  }

  /// The point with this canonical encoding, or null.
  private static @Nullable Point decode(byte[] encoded) {
    boolean odd = encoded[31] < 0;
    var y = number(encoded).clearBit(255);
    if (y.compareTo(P) >= 0) {
      return null;
    }
    var ySquared = y.multiply(y);
    var u = ySquared.subtract(BigInteger.ONE).mod(P);
    var v = ySquared.multiply(D).add(BigInteger.ONE).mod(P);
    var square = u.multiply(v.modInverse(P)).mod(P);
    var x = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(square)) {
      x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(square) || (x.signum() == 0 && odd)) {
      return null;
    }
    return new Point(x.testBit(0) == odd ? x : P.subtract(x), y, BigInteger.ONE);
  }

  /// Whether the signature counts.
  static boolean valid(byte[] publicKey, byte[] message, byte[] signature) {
    var a = decode(publicKey);
    if (a == null || a.isNeutral() || !a.times(L).isNeutral()) {
      return false;
    }
    var r = Arrays.copyOf(signature, 32);
    var s = number(Arrays.copyOfRange(signature, 32, 64));
    var rPoint = decode(r);
    if (s.compareTo(L) >= 0 || rPoint == null || rPoint.isNeutral()) {
      return false;
    }
    var h = number(sha512(r, publicKey, message)).mod(L);
    var expected = BASE.times(s).plus(a.times(h).negated());
    return Arrays.equals(expected.encode(), r);
  }

  /// The machine whose private key is this seed.
  static Signer signer(byte[] seed) {
    var hash = sha512(seed);
    var scalarBytes = Arrays.copyOf(hash, 32);
    scalarBytes[0] &= (byte) 0xf8;
    scalarBytes[31] &= 0x7f;
    scalarBytes[31] |= 0x40;
    var scalar = number(scalarBytes);
    var prefix = Arrays.copyOfRange(hash, 32, 64);
    var publicKey = BASE.times(scalar).encode();
    return new Signer() {
      @Override
      public MachineId machine() {
        return MachineId.of(publicKey, 0);
      }

      @Override
      public byte[] sign(byte[] message) {
        var nonce = number(sha512(prefix, message)).mod(L);
        var r = BASE.times(nonce).encode();
        var h = number(sha512(r, publicKey, message));
        var signature = Arrays.copyOf(r, 64);
        var s = nonce.add(h.multiply(scalar)).mod(L);
        System.arraycopy(littleEndian(s), 0, signature, 32, 32);
        return signature;
      }
    };
  }

  /// Checks seals with this implementation.
  static Seals seals() {
    return (machine, message, seal) -> valid(machine.toBytes(), message, seal);
  }

  private static BigInteger number(byte[] littleEndian) {
    var bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static byte[] littleEndian(BigInteger number) {
    var bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-512");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-512", e);
    }
  }
}
