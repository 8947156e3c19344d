package io.sennit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.event.EventReader.Reading;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static final String SYSTEM =
      "\"machine\":\"%s\",\"parents\":[\"%s\"],\"time\":\"t\""
          .formatted("A".repeat(43), "0".repeat(64));

  private static Rejection refused(String json) {
    return ((Reading.Refused) EventReader.read(json.getBytes(UTF_8))).rejection();
  }

  @Test
  void theDetailSaysWhereAndWhatToChange() {
    assertThat(refused("{" + SYSTEM + ", \"x\":1}"))
        .hasToString("NOT_CANONICAL: byte 147: white space between tokens; remove it");
    assertThat(refused("{" + SYSTEM + ",\"x\":1.50}"))
        .hasToString("NOT_CANONICAL: byte 151: write the number as 1.5");
    assertThat(refused("{\"time\":\"t\"}"))
        .hasToString("MALFORMED_MEMBER: member machine: it is missing");
  }

  @Test
  void aFaultOfTheTextGoesBeforeAFaultOfTheMembers() {
    assertThat(refused("{\"machine\":1,\"x\":1.0}").reason()).isEqualTo(Reason.NOT_CANONICAL);
    assertThat(refused("{\"parents\":[tru]}").reason()).isEqualTo(Reason.NOT_JSON);
    assertThat(refused("{\"machine\":1,\"parents\":2}").detail()).startsWith("member machine");
  }

  @Test
  void theEventKeepsTheBytesThatItWasReadFrom() {
    var body = ("{" + SYSTEM + "}").getBytes(UTF_8);
    assertThat(((Reading.Read) EventReader.read(body)).event().body()).isSameAs(body);
  }

  /// Each text is as long as an event may be and has its fault, if any, at its end. Work that grows
  /// with the square of the length would take minutes.
  @Test
  void hostileTextsCostNoMoreThanTheirLength() {
    var manyNames =
        IntStream.range(0, 6000)
            .mapToObj("\"x%05d\":1"::formatted)
            .collect(Collectors.joining(","));
    var escapes = "\\n".repeat(15_000);
    var prefix = "x".repeat(30_000);
    var hostile =
        List.of(
            "{" + SYSTEM + "," + manyNames + ",\"x\":1}",
            "{" + SYSTEM + ",\"x\":{\"" + escapes + "a\":1,\"" + escapes + "b\":1}}",
            "{" + SYSTEM + ",\"x\":{\"" + prefix + "a\":1,\"" + prefix + "b\":1}}",
            "{"
                + SYSTEM
                + ",\"x\":"
                + "[".repeat(62)
                + "0,".repeat(32_000)
                + "0"
                + "]".repeat(62)
                + "}",
            "{" + SYSTEM + ",\"x\":[" + "0.30000000000000004,".repeat(3200) + "0]}",
            "{" + SYSTEM + ",\"x\":0." + "3".repeat(60_000) + "}",
            "{" + SYSTEM + ",\"x\":1" + "0".repeat(60_000) + "}",
            "{" + SYSTEM + ",\"x\":1e" + "0".repeat(60_000) + "1}",
            "{\"parents\":[" + ("\"" + "0".repeat(64) + "\",").repeat(1900) + "1]}",
            "[".repeat(130_000),
            "{\"a\":".repeat(26_000),
            "\"" + "\\u0000".repeat(20_000));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 20; i++) {
            for (var text : hostile) {
              assertThat(EventReader.read(text.getBytes(UTF_8))).isNotNull();
            }
          }
        });
  }

  @Test
  void whatIsLongerThanAnyEventIsNotScanned() {
    assertThat(refused("\0".repeat(65_536 + 1024 * 67)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused("\0".repeat(65_536 + 1024 * 67 - 1)).reason()).isEqualTo(Reason.NOT_JSON);
  }
}
