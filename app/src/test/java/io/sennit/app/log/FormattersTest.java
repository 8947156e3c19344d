package io.sennit.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import io.sennit.node.Field;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class FormattersTest {
  private static LogRecord entry(Level level, String message, Object... parameters) {
    var entry = new LogRecord(level, message);
    entry.setLoggerName("io.sennit.node.PeerLog");
    entry.setInstant(Instant.parse("2027-01-02T03:04:05.678Z"));
    entry.setParameters(parameters);
    return entry;
  }

  private static String text(LogRecord entry) {
    return new TextFormatter().format(entry);
  }

  private static Map<String, Object> json(LogRecord entry) {
    var line = new JsonFormatter().format(entry);
    assertThat(line.lines()).hasSize(1);
    return Json.read(line);
  }

  @Test
  void fieldsStandApart() {
    var entry =
        entry(
            Level.INFO,
            "a peer is down: {0} {1}",
            new Field("address", "127.0.0.1:7400"),
            new Field("reason", "it hung up"));
    assertThat(text(entry))
        .isEqualTo(
            "2027-01-02T03:04:05.678Z info    node    a peer is down address=127.0.0.1:7400"
                + " reason=\"it hung up\"\n");
    assertThat(json(entry))
        .containsExactly(
            Map.entry("time", "2027-01-02T03:04:05.678Z"),
            Map.entry("level", "info"),
            Map.entry("room", "node"),
            Map.entry("message", "a peer is down"),
            Map.entry("address", "127.0.0.1:7400"),
            Map.entry("reason", "it hung up"));
    assertThat(json(entry(Level.INFO, "open: {0}", new Field("events", 7L))))
        .containsEntry("events", 7L);
  }

  @Test
  void whatAPeerSaysCannotForgeALine() {
    var said = new Field("reason", "no\n2027-01-02T03:04:05.678Z error node all is lost\u001b[2J");
    var entry = entry(Level.WARNING, "a peer refuses: {0}", said);
    assertThat(text(entry).lines()).hasSize(1);
    assertThat(text(entry)).doesNotContain("\u001b");
    assertThat(json(entry)).containsEntry("reason", said.value());
    assertThat(json(entry(Level.INFO, "x: {0}", new Field("level", "forged"))))
        .containsEntry("level", "info");
  }

  @Test
  void aStackIsUnderTheLineOrInAField() {
    var entry = entry(Level.SEVERE, "GET /v1/{x}");
    entry.setThrown(new IllegalStateException("broken", new RuntimeException("cause")));
    assertThat(text(entry).lines().toList())
        .hasSizeGreaterThan(3)
        .satisfies(lines -> {
          assertThat(lines.getFirst()).endsWith("error   node    GET /v1/{x}");
          assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
        });
    assertThat(Json.string(json(entry), "error"))
        .contains("IllegalStateException: broken")
        .contains("Caused by: java.lang.RuntimeException: cause")
        .contains("FormattersTest");
  }

  @Test
  void otherLibrariesKeepTheirWords() {
    var entry = entry(Level.CONFIG, "{0} of {1}", "one", 2);
    entry.setLoggerName("io.helidon.webserver");
    assertThat(json(entry))
        .containsEntry("room", "io.helidon.webserver")
        .containsEntry("message", "one of 2")
        .containsEntry("level", "debug");
    entry.setLoggerName("io.sennit.app.http.Api");
    assertThat(json(entry)).containsEntry("room", "http");
  }
}
