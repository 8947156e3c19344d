package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What keeps the rules comes back exactly, over HTTP, however it was spelt.
@TestInstance(Lifecycle.PER_CLASS)
final class LegalValuesTest {
  private static final String JSON = "application/json";
  private static final double INTEGER_LIMIT = 0x1p53;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Code points that software likes to lose.
  private static final int[] ODD = {
    0, 0x1f, 0x7f, 0x80, 0x85, 0xa0, 0x2028, 0x2029, 0xd7ff, 0xe000, 0xfdd0, 0xfeff, 0xfffd, 0xfffe,
    0xffff, 0x10000, 0x1f600, 0x1fffe, 0x1ffff, 0x10fffd, 0x10fffe, 0x10ffff, '"', '\\', '/', '<'
  };

  private Service service;

  @BeforeAll
  void start(@TempDir Path folder) {
    service = new Service(folder.resolve("a"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /// Posts the object, reads it again by its uuid, and answers it.
  private JsonNode throughTheMachine(String json) throws Exception {
    var answer = service.post("/v1/events", JSON, json);
    assertThat(answer.statusCode()).as(answer.body() + " for " + json).isEqualTo(201);
    var again = service.get(answer.headers().firstValue("Location").orElseThrow());
    assertThat(again.body()).isEqualTo(answer.body());
    return MAPPER.readTree(answer.body());
  }

  @Test
  void everyLegalObjectComesBackExactly() {
    Seeds.check(
        150,
        random -> {
          var value = new LinkedHashMap<String, Object>();
          value.put("v", random(random, 1 + random.nextInt(8)));
          value.put("w", random(random, 2));
          var back = throughTheMachine(spelt(value, random));
          value.forEach((name, member) -> assertSame(back.get(name), member));
        });
  }

  @Test
  void zeroHasNoSign() throws Exception {
    for (var zero : List.of("-0", "-0.0", "0e5", "-0E-7")) {
      var back = throughTheMachine("{\"v\":" + zero + "}").get("v");
      assertThat(back.toString()).isEqualTo("0");
    }
  }

  @Test
  void theLargestThatIsLegalIsTaken() throws Exception {
    var deep = "{\"v\":" + "[".repeat(63) + "]".repeat(63) + "}";
    assertThat(throughTheMachine(deep).get("v").toString())
        .isEqualTo("[".repeat(63) + "]".repeat(63));
    var text = "x".repeat(60_000);
    assertThat(throughTheMachine("{\"v\":\"" + text + "\"}").get("v").asString()).isEqualTo(text);
    assertThat(
            throughTheMachine("{\"v\":9007199254740991,\"w\":-9007199254740991}").get("v").asLong())
        .isEqualTo(9007199254740991L);
    assertThat(throughTheMachine("{\"v\":1e21,\"w\":1.7976931348623157e308}").get("v").asDouble())
        .isEqualTo(1e21);
    assertThat(throughTheMachine("{\"v\":5e-324}").get("v").asDouble()).isEqualTo(Double.MIN_VALUE);
  }

  private static void assertSame(JsonNode back, Object value) {
    switch (value) {
      case Double number -> assertThat(back.asDouble() + 0.0).isEqualTo(number + 0.0);
      case String text -> assertThat(back.asString()).isEqualTo(text);
      case Boolean truth -> assertThat(back.asBoolean()).isEqualTo(truth);
      case List<?> list -> {
        assertThat(back.isArray()).isTrue();
        assertThat(back.size()).isEqualTo(list.size());
        for (int i = 0; i < list.size(); i++) {
          assertSame(back.get(i), list.get(i));
        }
      }
      case Map<?, ?> map -> {
        assertThat(back.size()).isEqualTo(map.size());
        map.forEach((name, member) -> assertSame(back.get((String) name), member));
      }
      default -> assertThat(back.isNull()).isTrue();
    }
  }

  private static Object random(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0, 1 -> number(random);
      case 2, 3 -> text(random);
      case 4 -> random.nextBoolean();
      case 5 -> Void.class; // null
      case 6 -> {
        var list = new ArrayList<Object>();
        for (int n = random.nextInt(5); n > 0; n--) {
          list.add(random(random, depth - 1));
        }
        yield list;
      }
      default -> {
        var map = new LinkedHashMap<String, Object>();
        for (int n = random.nextInt(5); n > 0; n--) {
          map.put(text(random), random(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static double number(SplittableRandom random) {
    while (true) {
      double x =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-1000, 1000);
            case 1 -> random.nextLong(-(1L << 53) + 1, 1L << 53);
            case 2 -> random.nextInt(-100_000, 100_000) / 1e3;
            default -> Double.longBitsToDouble(random.nextLong());
          };
      if (Double.isFinite(x) && (Math.abs(x) < INTEGER_LIMIT || Math.abs(x) >= 1e21)) {
        return x;
      }
    }
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      int code =
          random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextInt(0x110000);
      text.appendCodePoint(code >= 0xd800 && code < 0xe000 ? 'x' : code);
    }
    return text.toString();
  }

  /// One of the many ways to write it.
  private static String spelt(Object value, SplittableRandom random) {
    var blank = " \t\r\n".substring(0, random.nextInt(5));
    return blank
        + switch (value) {
          case Double number -> numberSpelt(number, random);
          case String text -> textSpelt(text, random);
          case Boolean truth -> truth.toString();
          case List<?> list ->
              list.stream()
                  .map(item -> spelt(item, random))
                  .collect(Collectors.joining(",", "[", blank + "]"));
          case Map<?, ?> map ->
              map.entrySet().stream()
                  .map(e ->
                      textSpelt((String) e.getKey(), random)
                          + blank
                          + ":"
                          + spelt(e.getValue(), random))
                  .collect(Collectors.joining(",", "{", blank + "}"));
          default -> "null";
        }
        + blank;
  }

  private static String numberSpelt(double number, SplittableRandom random) {
    var exact = new BigDecimal(number);
    return switch (random.nextInt(3)) {
      case 0 -> Double.toString(number);
      case 1 -> exact.precision() < 300 ? exact.toString() : Double.toString(number);
      default -> Double.toString(number).replace("E", "e").replaceFirst("e(\\d)", "e+$1");
    };
  }

  private static String textSpelt(String text, SplittableRandom random) {
    var spelt = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isSurrogate(c);
      if (c < 0x20 || c == '"' || c == '\\' || (!pair && random.nextInt(6) == 0)) {
        spelt.append(String.format("\\u%04" + (random.nextBoolean() ? "x" : "X"), (int) c));
      } else if (Character.isHighSurrogate(c) && random.nextInt(3) == 0) {
        spelt.append(String.format("\\u%04x\\u%04x", (int) c, (int) text.charAt(++i)));
      } else {
        spelt.append(c);
      }
    }
    return spelt.append('"').toString();
  }
}
