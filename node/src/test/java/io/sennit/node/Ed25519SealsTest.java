package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.event.MachineId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class Ed25519SealsTest {
  private final Ed25519Seals seals = new Ed25519Seals();

  @Test
  void everyPinnedEdgeCaseGetsTheOneVerdict() throws Exception {
    int cases = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/vectors/ed25519.jsonl")),
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
    var key = MachineKey.generate();
    var message = "said".getBytes(StandardCharsets.UTF_8);
    var seal = key.sign(message);
    assertThat(seals.valid(key.machine(), message, seal)).isTrue();
    seal[40] ^= 1;
    assertThat(seals.valid(key.machine(), message, seal)).isFalse();
    assertThat(seals.valid(MachineKey.generate().machine(), message, key.sign(message))).isFalse();
  }

  private static String member(String line, String name) {
    var matcher = Pattern.compile("\"" + name + "\": *\"([^\"]*)\"").matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(1);
  }
}
