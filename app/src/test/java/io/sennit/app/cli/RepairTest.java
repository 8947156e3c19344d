package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static io.sennit.app.cli.Shell.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import io.sennit.app.faults.LogDamage;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody sees whose disk damaged an event: `verify`, then `repair`.
final class RepairTest {
  private static final int BATCHES = 10;
  private static final int EVENTS_EACH = 20;

  @TempDir Path folder;
  private Path a;
  private Path b;
  private String uuid = "";

  /// Two equal machines; the first batch after R is damaged at one of them.
  @BeforeEach
  void damageOne() throws IOException {
    a = folder.resolve("a");
    b = folder.resolve("b");
    done("init", "--dir", a, "--name", "test");
    done("join", done("invite", "--dir", a).line(), "--dir", b);
    try (var sennit = Sennit.open(a)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        sennit
            .append(IntStream.range(0, EVENTS_EACH).mapToObj("{\"n\":%d}"::formatted).toList())
            .join();
      }
      uuid = sennit.get(12).orElseThrow().event().id().toString();
    }
    var all = folder.resolve("all.jsonl");
    Files.writeString(all, done("export", "--dir", a).out());
    done("import", "--dir", b, all);
    LogDamage.inSecondRecord(a);
  }

  @Test
  void verifyNamesWhatIsDamaged() {
    var answer = Shell.run("verify", "--dir", a);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out())
        .containsPattern("00000001\\.log, byte \\d+, position 12: .*" + uuid)
        .contains("sennit repair --dir " + a);
    var lines = Shell.run("verify", "--dir", a, "--json").lines();
    var findings = lines.subList(0, lines.size() - 1).stream().map(Json::read).toList();
    assertThat(findings).hasSize(EVENTS_EACH);
    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(Json.string(finding, "file")).contains("00000001.log");
          assertThat(Json.number(finding, "offset")).isPositive();
          assertThat(Json.number(finding, "position")).isEqualTo(12);
          assertThat(Json.string(finding, "uuid")).isEqualTo(uuid);
        });
    assertThat(Json.number(Json.read(lines.getLast()), "findings")).isEqualTo(EVENTS_EACH);
  }

  @Test
  void repairFetchesFromAPeerAndVerifyIsContentAgain() {
    try (var peer = Sennit.open(b)) {
      var address = peer.listen(Address.parse("127.0.0.1:0"));
      assertThat(done("repair", "--dir", a, "--peer", address).out())
          .contains(EVENTS_EACH + " damaged events came back")
          .contains("all is well");
    }
    assertThat(done("verify", "--dir", a).out()).contains("all is well");
    assertThat(done("show", "--dir", a, uuid).out()).contains(uuid);
    assertThat(done("export", "--dir", a).out()).isEqualTo(done("export", "--dir", b).out());
  }

  @Test
  void repairWithoutAPeerSaysWhatRemains() {
    var answer = Shell.run("repair", "--dir", a, "--patience", 1);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out())
        .contains("still damaged: ")
        .contains(uuid)
        .contains(EVENTS_EACH + " findings remain");
  }

  @Test
  void aDirectoryInUseIsRefusedInWords() {
    try (var _ = Sennit.open(a)) {
      for (var command : List.of("verify", "repair")) {
        assertThat(refused(3, command, "--dir", a)).contains(a + " is in use");
      }
    }
  }

  @Test
  void aDamagedEventIsNotShown() {
    assertThat(refused(3, "show", "--dir", a, uuid)).contains(uuid).contains("damaged");
  }
}
