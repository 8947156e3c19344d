package io.sennit.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Ed25519ReferenceTest {
  @Test
  void everyPinnedVerdictIsTheReferences() {
    var vectors = Vectors.of("ed25519.jsonl");
    var wrong = new ArrayList<String>();
    for (var vector : vectors) {
      boolean valid =
          Ed25519Reference.valid(
              vector.hex("publicKey"), vector.hex("message"), vector.hex("signature"));
      if (!vector.get("valid").equals(valid)) {
        wrong.add(vector.name());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void thePinnedVectorsCoverBothVerdictsAndAllSources() {
    var vectors = Vectors.of("ed25519.jsonl");
    assertThat(vectors).extracting(vector -> vector.get("valid")).contains(true, false);
    assertThat(count(vectors, "ed25519-speccheck")).isEqualTo(12);
    assertThat(count(vectors, "CCTV")).isGreaterThan(40);
    assertThat(count(vectors, "neutral R")).isGreaterThanOrEqualTo(2);
  }

  private static long count(List<Vectors.Vector> vectors, String prefix) {
    return vectors.stream().filter(vector -> vector.name().startsWith(prefix)).count();
  }

  @Test
  void theReferenceSignsAsTheJdkDoes() throws GeneralSecurityException {
    var seed = new byte[32];
    var message = "the same bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      seed[i] = (byte) (i + 1);
      var signer = Ed25519Reference.signer(seed);
      var jdk = Signature.getInstance("Ed25519");
      var keys = KeyFactory.getInstance("Ed25519");
      jdk.initSign(
          keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.clone())));
      jdk.update(message);
      assertThat(signer.sign(message)).isEqualTo(jdk.sign());
      jdk.initVerify(keys.generatePublic(publicKey(signer.machine().toBytes())));
      jdk.update(message);
      assertThat(jdk.verify(signer.sign(message))).isTrue();
    }
  }

  private static EdECPublicKeySpec publicKey(byte[] raw) {
    var bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = raw[31 - i];
    }
    boolean odd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    return new EdECPublicKeySpec(
        NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian)));
  }
}
