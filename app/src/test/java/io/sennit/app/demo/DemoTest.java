package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.Json;
import org.junit.jupiter.api.Test;

final class DemoTest {
  @Test
  void theDemoEndsEqual() {
    var answer = Shell.done("demo", "--exit", "--json");
    var lines = answer.lines();
    var result = Json.read(lines.getLast());
    assertThat(Json.number(result, "machines")).isEqualTo(3);
    assertThat(Json.number(result, "events")).isGreaterThan(10);
    assertThat(Json.strings(result, "digests")).hasSize(3);
    assertThat(result.get("equal")).isEqualTo(true);
  }
}
