package io.sennit.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private static Sight sight(String name, String digest, List<Map<String, String>> peers) {
    var status =
        Map.of(
            "mode",
            "active",
            "events",
            1_234L,
            "tips",
            List.of(digest),
            "digest",
            digest,
            "peers",
            peers);
    return new Sight(name, Json.read(Json.text(status)), 2.5, List.of(), "");
  }

  private static List<String> draw(int width, int height, Sight... sights) {
    return new Screen(width, height, Paint.NONE).draw(List.of(sights), "12:00:00");
  }

  @Test
  void machinesThatHoldTheSameAreSaidToBeEqual() {
    var a = sight("a", "1".repeat(64), List.of());
    var b = sight("b", "1".repeat(64), List.of());
    var c = sight("c", "2".repeat(64), List.of());
    assertThat(draw(80, 24, a, b).getFirst()).isEqualTo("sennit  12:00:00  2 machines: equal");
    assertThat(draw(80, 24, a, b, c).getFirst()).endsWith("3 machines: 2 different digests");
    assertThat(Sight.equal(List.of(a, b))).isTrue();
    assertThat(Sight.equal(List.of(a, b, c))).isFalse();
    var away = Sight.none("away", "no daemon answers");
    assertThat(draw(80, 24, a, away).getFirst()).endsWith("equal, 1 without an answer");
    assertThat(draw(80, 24, away).getFirst()).endsWith("1 machine: no answer");
    assertThat(draw(80, 24, a, away)).contains("○ away  no daemon answers");
    assertThat(Sight.equal(List.of(a, away))).isFalse();
  }

  @Test
  void aMachineIsShownWithItsPeers() {
    var peer = Map.of("address", "127.0.0.1:7", "state", "waiting", "detail", "refused");
    assertThat(draw(100, 24, sight("a", "1".repeat(64), List.of(peer))))
        .anyMatch(line -> line.startsWith("● a  active  1,234 events  2.5/s  1 tip  digest 1111"))
        .anyMatch(line -> line.matches(" +127\\.0\\.0\\.1:7 +waiting +refused"));
  }

  @Test
  void aMachineThatIsBehindSaysHowLongItTakes() {
    var status = new HashMap<>(sight("a", "1".repeat(64), List.of()).status());
    status.put("behind", 3_702L);
    assertThat(draw(100, 24, new Sight("a", status, 2.5, List.of(), "")))
        .anyMatch(line -> line.contains("1,234 events, behind 3,702 (25 % here)  2.5/s"));
    status.put("secondsLeft", 7L);
    assertThat(draw(100, 24, new Sight("a", status, 2.5, List.of(), "")))
        .anyMatch(line -> line.contains("behind 3,702 (25 % here, about 7 s left)"));
  }

  @Test
  void nothingIsWiderOrHigherThanTheTerminal() {
    var peers =
        IntStream.range(0, 50)
            .mapToObj(
                n -> Map.of("address", "host:" + n, "state", "in-sync", "detail", "日本".repeat(40)))
            .toList();
    var sight = sight("a", "1".repeat(64), peers);
    for (int width = 1; width < 60; width += 7) {
      for (int height = 2; height < 30; height += 5) {
        var lines = draw(width, height, sight, sight, sight);
        int most = width;
        assertThat(lines).hasSizeLessThan(height);
        assertThat(lines).allMatch(line -> columns(line) <= most);
      }
    }
  }

  private static int columns(String line) {
    return line.codePoints().map(point -> point >= 0x2e80 && point < 0xa000 ? 2 : 1).sum();
  }

  @Test
  void whatEventsSayCannotSteerTheTerminal() {
    var event =
        "{\"machine\":\"%s\",\"parents\":[],\"text\":\"\\u001b[2J\",\"uuid\":\"%s\"}"
            .formatted("m".repeat(43), "e".repeat(64));
    var status = sight("a\u001b[2J", "1".repeat(64), List.of()).status();
    var sight = new Sight("a\u001b[2J", status, 0, List.of(new Door.Line(1, 0, event)), "");
    assertThat(draw(80, 24, sight))
        .anyMatch(line -> line.startsWith("●  eeeeeeee  mmmmmm"))
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void coloursAreOnlyAdded() {
    var sight = sight("a", "1".repeat(64), List.of());
    var painted = new Screen(80, 24, Paint.ANSI).draw(List.of(sight), "12:00:00");
    assertThat(painted).anyMatch(line -> line.contains("\u001b["));
    assertThat(painted.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList())
        .isEqualTo(draw(80, 24, sight));
  }
}
