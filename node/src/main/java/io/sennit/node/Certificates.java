package io.sennit.node;

import io.sennit.event.MachineId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/// Self-signed certificates that carry a machine's key and nothing else (X.509, RFC 5280; Ed25519,
/// RFC 8410).
final class Certificates {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  /// The algorithm identifier of Ed25519: a sequence of the object identifier 1.3.101.112.
  private static final byte[] ED25519 = {0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};

  /// What precedes the 32 key bytes in a SubjectPublicKeyInfo.
  private static final byte[] KEY_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private Certificates() {}

  /// A certificate for this key, valid for ever.
  ///
  /// @param serial positive
  static X509Certificate selfSigned(MachineKey key, BigInteger serial) {
    byte[] name =
        der(
            SEQUENCE,
            der(
                SET,
                der(
                    SEQUENCE,
                    new byte[] {0x06, 0x03, 0x55, 0x04, 0x03}, // 2.5.4.3, common name
                    der(UTF8_STRING, ascii("sennit")))));
    byte[] validity =
        der(
            SEQUENCE,
            der(UTC_TIME, ascii("200101000000Z")),
            der(GENERALIZED_TIME, ascii("99991231235959Z")));
    byte[] toSign =
        der(
            SEQUENCE,
            der(INTEGER, serial.toByteArray()),
            ED25519,
            name,
            validity,
            name,
            keyInfo(key.machine()));
    byte[] signature = key.sign(toSign);
    byte[] whole = der(SEQUENCE, toSign, ED25519, der(BIT_STRING, new byte[] {0}, signature));
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("our own certificate does not parse", e);
    }
  }

  /// The machine that this certificate speaks of.
  ///
  /// @throws GeneralSecurityException when it carries no Ed25519 key, or is not signed with it
  static MachineId machine(X509Certificate certificate) throws GeneralSecurityException {
    byte[] info = certificate.getPublicKey().getEncoded();
    boolean ed25519 =
        info.length == KEY_PREFIX.length + MachineId.SIZE_BYTES
            && Arrays.equals(info, 0, KEY_PREFIX.length, KEY_PREFIX, 0, KEY_PREFIX.length);
    if (!ed25519) {
      throw new GeneralSecurityException("the certificate carries no Ed25519 key");
    }
    certificate.verify(certificate.getPublicKey());
    return MachineId.of(info, KEY_PREFIX.length);
  }

  private static byte[] keyInfo(MachineId machine) {
    var info = Arrays.copyOf(KEY_PREFIX, KEY_PREFIX.length + MachineId.SIZE_BYTES);
    machine.writeTo(info, KEY_PREFIX.length);
    return info;
  }

  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
