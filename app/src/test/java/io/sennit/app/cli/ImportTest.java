package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportTest {
  @TempDir Path folder;
  private Path a;

  @BeforeEach
  void found() {
    a = folder.resolve("a");
    done("init", "--dir", a);
  }

  private long events() {
    return Json.number(Json.read(done("status", "--dir", a, "--json").line()), "events");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("lines.jsonl"), text);
  }

  private static String objects(int count) {
    return IntStream.range(0, count)
        .mapToObj("{\"n\":%d}\n"::formatted)
        .collect(Collectors.joining());
  }

  @Test
  void everyLineBecomesAnEventInItsOrder() throws IOException {
    done("import", "--dir", a, file(objects(5_000)));
    assertThat(events()).isEqualTo(5_001);
    var lines = done("export", "--dir", a).lines();
    for (int n = 0; n < 5_000; n++) {
      assertThat(Json.number(Json.read(lines.get(n + 1)), "n")).isEqualTo(n);
    }
  }

  @Test
  void aCompressedFileIsTakenToo() throws IOException {
    var file = folder.resolve("lines.jsonl.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(objects(10).getBytes(StandardCharsets.UTF_8));
    }
    done("import", "--dir", a, file);
    assertThat(events()).isEqualTo(11);
  }

  @Test
  void badLinesAreNamedAndTheOthersTaken() throws IOException {
    var file =
        file("{\"n\":1}\n{\"n\":\n\n{\"n\":3}\n{\"n\":4,\"n\":4}\n{\"uuid\":\"0\"}\n[]\n{\"n\":8}");
    var answer = Shell.run("import", "--dir", a, file);
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("line 2:", "line 5:", "line 6:", "line 7:");
    assertThat(answer.err()).doesNotContain("line 3:", "line 4:", "line 8:");
    assertThat(events()).isEqualTo(4);
  }

  @Test
  void strictStopsAtTheFirstBadLine() throws IOException {
    var file = file("{\"n\":1}\n{\"n\":2}\nhello\n{\"n\":4}\nhello\n");
    var answer = Shell.run("import", "--strict", "--dir", a, file);
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("line 3:").doesNotContain("line 5:");
    assertThat(events()).isEqualTo(3);
  }

  @Test
  void standardInputIsAFileToo() {
    var before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(objects(3).getBytes(StandardCharsets.UTF_8)));
      done("import", "--dir", a, "-");
      System.setIn(
          new ByteArrayInputStream("{\"n\":4}\n\n{\"n\":5}\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(done("append", "--dir", a).lines()).hasSize(2);
    } finally {
      System.setIn(before);
    }
    assertThat(events()).isEqualTo(6);
  }

  @Test
  void whatIsNotUtf8IsNeitherAppendedNorImported() throws IOException {
    var bytes = "{\"n\":\"?\"}\n".getBytes(StandardCharsets.UTF_8);
    bytes[6] = (byte) 0xff;
    var answer = Shell.run("import", "--dir", a, Files.write(folder.resolve("bad"), bytes));
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("line 1:");
    var before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(bytes));
      assertThat(Shell.run("append", "--dir", a).code()).isEqualTo(3);
    } finally {
      System.setIn(before);
    }
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void eventsWhoseAncestorsAreElsewhereAreRefusedInWords() throws IOException {
    var b = folder.resolve("b");
    done("join", done("invite", "--dir", a).line(), "--dir", b);
    done("append", "--dir", a, "{\"n\":1}");
    var second = done("append", "--dir", a, "--json", "{\"n\":2}").line();
    var answer = Shell.run("import", "--dir", b, file(second + "\n"));
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("ancestors");
  }

  @Test
  void aForgedEventIsRefused() throws IOException {
    var event = done("append", "--dir", a, "--json", "{\"n\":1}").line();
    var answer = Shell.run("import", "--dir", a, file(event.replace("\"n\":1", "\"n\":2")));
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("line 1:");
    assertThat(events()).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(Shell.refused(3, "import", "--dir", a, folder.resolve("nowhere")))
        .contains("nowhere");
  }
}
