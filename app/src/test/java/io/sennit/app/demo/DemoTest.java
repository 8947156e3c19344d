package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.SennitCommand;
import io.sennit.app.door.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DemoTest {
  @Test
  void theDemoEndsEqual() {
    var before = System.out;
    var bytes = new ByteArrayOutputStream();
    int code;
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      code = SennitCommand.execute("demo", "--exit", "--json");
    } finally {
      System.setOut(before);
    }
    var lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(code).isZero();
    var result = Json.read(lines.getLast());
    assertThat(Json.number(result, "machines")).isEqualTo(3);
    assertThat(Json.number(result, "events")).isGreaterThan(10);
    assertThat(Json.strings(result, "digests")).hasSize(3);
    assertThat(result.get("equal")).isEqualTo(true);
  }
}
