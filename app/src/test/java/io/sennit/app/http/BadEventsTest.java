package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no event is refused with a sentence, and nothing of it is stored.
@TestInstance(Lifecycle.PER_CLASS)
final class BadEventsTest {
  private static final String JSON = "application/json";
  private static final String JSON_LINES = "application/x-ndjson";

  private Service service;

  @BeforeAll
  void start(@TempDir Path folder) {
    service = new Service(folder.resolve("a"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private void assertRefused(byte[] body) throws Exception {
    var answer = service.post("/v1/events", JSON, body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 413, 422);
    ProblemAssert.assertProblem(answer);
    assertThat(service.sennit().count()).as("nothing is stored").isEqualTo(1);
  }

  private void assertRefused(String body) throws Exception {
    assertRefused(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[1,2]",
        "[{\"type\":\"in an array\"}]",
        "hello",
        "{",
        "{\"a\":1",
        "{\"a\":}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} trailing",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":1e-999}",
        "{\"a\":9007199254740992}",
        "{\"a\":-9007199254740993}",
        "{\"a\":1,\"a\":2}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":\"\\x\"}",
        "{\"machine\":\"me\"}",
        "{\"parents\":[]}",
        "{\"uuid\":\"0\"}",
        "{\"sig\":\"0\"}",
        "{\"tips\":7}",
        "{\"sennit\":{}}",
        "{\"time\":7}"
      })
  void whatIsNoEventIsRefused(String body) throws Exception {
    assertRefused(body);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws Exception {
    assertRefused(bytes("{\"a\":\"", 0xff, "\"}"));
    assertRefused(bytes("{\"a\":\"", 0xc0, 0xaf, "\"}"));
    assertRefused(bytes("{\"a\":\"", 0xed, 0xa0, 0x80, "\"}"));
    assertRefused(bytes("{\"a\":\"", 0xf5, 0x80, 0x80, 0x80, "\"}"));
  }

  @Test
  void aByteOrderMarkIsRefused() throws Exception {
    assertRefused(bytes(0xef, 0xbb, 0xbf, "{\"a\":1}"));
    assertRefused("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void whatIsNestedDeeperThanSixtyFourIsRefused() throws Exception {
    assertRefused("{\"a\":" + "[".repeat(80) + "]".repeat(80) + "}");
    assertRefused("{\"a\":".repeat(80) + "1" + "}".repeat(80));
  }

  @Test
  void whatIsLargerThanAnEventIsRefused() throws Exception {
    assertRefused("{\"a\":\"" + "x".repeat(70_000) + "\"}");
    var answer = service.post("/v1/events", JSON, new byte[2_000_000]);
    assertThat(answer.statusCode()).isEqualTo(413);
    ProblemAssert.assertProblem(answer);
  }

  @Test
  void oneBadLineRefusesAllAndIsNamed() throws Exception {
    var answer =
        service.post("/v1/events", JSON_LINES, "{\"n\":1}\n\n{\"n\":2}\n{\"n\":\n{\"n\":4}\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(ProblemAssert.assertProblem(answer)).contains("line 4");
    assertThat(service.sennit().count()).isEqualTo(1);
  }

  @Test
  void tooManyLinesAreRefused() throws Exception {
    var answer = service.post("/v1/events", JSON_LINES, "{}\n".repeat(10_001));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(ProblemAssert.assertProblem(answer)).contains("10");
    assertThat(service.sennit().count()).isEqualTo(1);
  }

  @Test
  void wholeEventsThatAreNoneAreRefusedAndNamed() throws Exception {
    var type = "application/vnd.sennit.events+jsonl";
    var root = service.sennit().root().event().toString();
    var forged = root.replace("\"test\"", "\"tost\"");
    for (var body : new String[] {forged, "{\"a\":1}", "hello", "{}"}) {
      var answer = service.post("/v1/events", type, root + "\n" + body + "\n");
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(ProblemAssert.assertProblem(answer)).contains("line 2");
    }
    assertThat(service.sennit().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void anotherContentTypeIsRefused(String type) throws Exception {
    var answer = service.post("/v1/events", type, "{\"a\":1}");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(ProblemAssert.assertProblem(answer)).contains(JSON);
    assertThat(service.sennit().count()).isEqualTo(1);
  }

  @Test
  void anotherCharacterSetIsRefused() throws Exception {
    var answer = service.post("/v1/events", JSON + "; charset=iso-8859-1", "{\"a\":1}");
    assertThat(answer.statusCode()).isEqualTo(415);
    ProblemAssert.assertProblem(answer);
  }

  @Test
  void theSentenceSaysWhatToChange() throws Exception {
    assertThat(detail("{\"uuid\":\"0\"}")).contains("uuid");
    assertThat(detail("{\"a\":1,\"a\":2}")).contains("once");
    assertThat(detail("{\"a\":9007199254740992}")).containsIgnoringCase("string");
    assertThat(detail("")).containsIgnoringCase("object");
  }

  private String detail(String body) throws Exception {
    return Json.string(Json.read(service.post("/v1/events", JSON, body).body()), "detail");
  }

  private static byte[] bytes(Object... parts) {
    var bytes = new ByteArrayOutputStream();
    for (var part : parts) {
      if (part instanceof Integer b) {
        bytes.write(b);
      } else {
        bytes.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
