package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.event.MachineId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class Ed25519SealsTest {
  private static final Optional<Sodium> NONE = Optional.empty();

  @Test
  void everyPinnedEdgeCaseGetsTheOneVerdict() throws Exception {
    everyPinnedEdgeCaseGetsTheOneVerdict(new Ed25519Seals(NONE));
  }

  @Test
  void everyPinnedEdgeCaseGetsTheOneVerdictFromLibsodium() throws Exception {
    everyPinnedEdgeCaseGetsTheOneVerdict(new Ed25519Seals(sodium()));
  }

  private static void everyPinnedEdgeCaseGetsTheOneVerdict(Ed25519Seals seals) throws Exception {
    int cases = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Ed25519SealsTest.class.getResourceAsStream("/vectors/ed25519.jsonl")),
                StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var name = member(line, "name");
        var machine = MachineId.of(HexFormat.of().parseHex(member(line, "publicKey")), 0);
        var message = HexFormat.of().parseHex(member(line, "message"));
        var signature = HexFormat.of().parseHex(member(line, "signature"));
        boolean valid = line.contains("\"valid\":true");
        assertThat(seals.valid(machine, message, signature)).as(name).isEqualTo(valid);
        cases++;
      }
    }
    assertThat(cases).isGreaterThan(12);
  }

  @Test
  void whatAMachineSignsItsKeyConfirms() {
    whatAMachineSignsItsKeyConfirms(NONE);
  }

  @Test
  void whatAMachineSignsItsKeyConfirmsByLibsodium() {
    whatAMachineSignsItsKeyConfirms(sodium());
  }

  private static void whatAMachineSignsItsKeyConfirms(Optional<Sodium> sodium) {
    var seals = new Ed25519Seals(sodium);
    var privateKey = MachineKey.generate().privateKey();
    var key = new MachineKey(privateKey, sodium);
    var message = "said".getBytes(StandardCharsets.UTF_8);
    var seal = key.sign(message);
    assertThat(seal).isEqualTo(new MachineKey(privateKey, NONE).sign(message));
    assertThat(seals.valid(key.machine(), message, seal)).isTrue();
    for (int bit = 0; bit < 8 * seal.length; bit++) {
      seal[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(seals.valid(key.machine(), message, seal)).as("bit %d", bit).isFalse();
      seal[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(seals.valid(MachineKey.generate().machine(), message, key.sign(message))).isFalse();
  }

  private static Optional<Sodium> sodium() {
    assumeTrue(Sodium.found().isPresent(), "this computer has no libsodium");
    return Sodium.found();
  }

  private static String member(String line, String name) {
    var matcher = Pattern.compile("\"" + name + "\": *\"([^\"]*)\"").matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(1);
  }
}
