package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static io.sennit.app.cli.Shell.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.Shows;
import io.sennit.app.door.Json;
import io.sennit.machine.Invariant;
import io.sennit.node.Address;
import io.sennit.node.RecordingOptions;
import io.sennit.node.RecordingOptions.Keep;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real machine with a peer is recorded; `replay` lets it happen again.
final class ReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path box;

  /// It writes, greets, receives, is cut off, and starts again.
  @BeforeEach
  void record() {
    box = folder.resolve("box");
    var ship = folder.resolve("ship");
    var harbour = folder.resolve("harbour");
    Sennit.init(ship, "rope-trade");
    try (var sennit = Sennit.open(ship)) {
      Sennit.join(harbour, sennit.invite(List.of()));
    }
    var options = new RecordingOptions(box, 64 << 20, Keep.LAST);
    try (var other = Sennit.open(harbour)) {
      other.append(IntStream.range(0, 500).mapToObj("{\"n\":%d}"::formatted).toList()).join();
      var address = other.listen(Address.parse("127.0.0.1:0"));
      try (var sennit = Sennit.open(ship, options)) {
        sennit.append("{\"before\":true}").join();
        sennit.connect(address);
        equal(sennit, other);
        other.append("{\"live\":\"there\"}").join();
        sennit.append("{\"live\":\"here\"}").join();
        equal(sennit, other);
        sennit.disconnect(address);
        sennit.append("{\"cut\":\"off\"}").join();
        other.append("{\"cut\":\"off\"}").join();
        sennit.connect(address);
        equal(sennit, other);
      }
      try (var sennit = Sennit.open(ship, options)) {
        sennit.connectKnownPeers();
        sennit.append("{\"again\":true}").join();
        equal(sennit, other);
      }
    }
  }

  private static void equal(Sennit a, Sennit b) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(a.status().digest()).isEqualTo(b.status().digest()));
  }

  @Test
  @Shows({
    Invariant.I1,
    Invariant.I2,
    Invariant.I3,
    Invariant.I4,
    Invariant.I5,
    Invariant.I6,
    Invariant.I7,
    Invariant.I9,
    Invariant.I12
  })
  void allHappensAgainAndKeepsTheInvariants() {
    var lines = done("replay", box).lines();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .matches("part 1: [0-9]+ steps, the same bit for bit, from 1 events to 506; it began: .*");
    assertThat(lines.get(1)).startsWith("part 2: ").contains("from 506 events to 507");
    assertThat(lines.get(2)).startsWith("all 2 parts: ");
  }

  @Test
  void everyStepCanBeSeen() {
    var summary = Json.read(done("replay", box, "--part", 1, "--json").line());
    assertThat(summary.get("same")).isEqualTo(true);
    long steps = Json.number(summary, "step");
    var lines = done("replay", box, "--part", 1, "--print").lines();
    assertThat(lines).hasSize((int) steps + 1);
    assertThat(lines.getFirst()).matches("1\\.1  0\\.000000 s  Loaded.*");
    assertThat(lines)
        .anyMatch(line -> line.matches("1\\.[0-9]+  .* append 1 of 1 events  → persist 2 to 2, .*"))
        .anyMatch(line -> line.contains("received from "));
    var objects = done("replay", box, "--part", 1, "--print", "--json").lines();
    assertThat(objects).hasSize((int) steps + 1);
    assertThat(Json.read(objects.get(1)).keySet())
        .hasToString("[part, step, nanos, input, outputs]");
  }

  @Test
  void itStopsWhereItIsTold() {
    var lines = done("replay", box, "--part", 1, "--until", 1).lines();
    assertThat(lines).contains("events      1", "peers       0");
    assertThat(Json.number(Json.read(done("replay", box, "--until", 2, "--json").line()), "part"))
        .as("of the last part")
        .isEqualTo(2);
    assertThat(refused(2, "replay", box, "--until", 1_000_000)).contains("part 2 has ");
    assertThat(refused(2, "replay", box, "--part", 9)).contains("holds the parts 1 to 2");
  }

  @Test
  void whatIsDamagedOrNoRecordingIsRefused() throws IOException {
    var part = box.resolve("00000002.part");
    var bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 4;
    Files.write(part, bytes);
    var answer = Shell.run("replay", box);
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.out()).startsWith("part 1: ");
    assertThat(answer.err()).contains("00000002.part is damaged: byte ");
    assertThat(refused(3, "replay", folder.resolve("ship"))).contains("holds no recording");
  }
}
