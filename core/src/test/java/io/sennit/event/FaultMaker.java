package io.sennit.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Makes exactly one fault of each kind.
final class FaultMaker {
  /// The kinds of fault in the JSON text, each written in the place of some value.
  enum Kind {
    OVERLONG(Reason.NOT_UTF8),
    ENCODED_SURROGATE(Reason.NOT_UTF8),
    PAST_THE_LAST_CHARACTER(Reason.NOT_UTF8),
    CUT_SEQUENCE(Reason.NOT_UTF8),
    STRAY_BYTE(Reason.NOT_UTF8),
    BROKEN_TOKEN(Reason.NOT_JSON),
    RAW_CONTROL(Reason.NOT_JSON),
    WHITE_SPACE(Reason.NOT_CANONICAL),
    NEEDLESS_ESCAPE(Reason.NOT_CANONICAL),
    OTHER_ESCAPE(Reason.NOT_CANONICAL),
    NUMBER_SPELLING(Reason.NOT_CANONICAL),
    NAMES_SWAPPED(Reason.NOT_CANONICAL),
    NAMES_BY_UTF8(Reason.NOT_CANONICAL),
    DUPLICATE(Reason.DUPLICATE_NAME),
    LONE_SURROGATE(Reason.LONE_SURROGATE),
    INFINITE(Reason.NUMBER_NOT_FINITE),
    AMBIGUOUS(Reason.NUMBER_AMBIGUOUS),
    UNDERFLOW(Reason.NUMBER_UNDERFLOW),
    DEEP(Reason.TOO_DEEP);

    final Reason reason;

    Kind(Reason reason) {
      this.reason = reason;
    }
  }

  private final SplittableRandom random;
  private final EventMaker maker;

  FaultMaker(SplittableRandom random) {
    this.random = random;
    this.maker = new EventMaker(random);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// The same object with one faulty value more, on its own or inside another value.
  Json.Obj with(Json.Obj object, Kind kind) {
    Json faulty = new Json.Raw(raw(kind));
    for (int i = random.nextInt(3); i > 0; i--) {
      faulty = new Json.Arr(List.of(maker.value(1), faulty));
    }
    var members = new TreeMap<>(object.members());
    members.put("fault " + random.nextInt(10), faulty);
    return new Json.Obj(members);
  }

  private String raw(Kind kind) {
    return switch (kind) {
      case OVERLONG -> '"' + overlong() + '"';
      case ENCODED_SURROGATE -> '"' + three(0xd800 + random.nextInt(0x800)) + '"';
      case PAST_THE_LAST_CHARACTER -> '"' + four(0x110000 + random.nextInt(0xf0000)) + '"';
      case CUT_SEQUENCE -> '"' + latin1(any(List.of("é", "€", "😀")).getBytes(UTF_8), 1) + '"';
      case STRAY_BYTE -> '"' + any(List.of("\u0080", "\u00bf", "\u00fe", "\u00ff", "\u00c0")) + '"';
      case BROKEN_TOKEN -> any(BROKEN);
      case RAW_CONTROL -> "\"" + (char) random.nextInt(' ') + "\"";
      case WHITE_SPACE -> whiteSpace();
      case NEEDLESS_ESCAPE ->
          any(List.of("\"\\/\"", "\"\\u%04x\"".formatted(0x20 + random.nextInt(0xd000))));
      case OTHER_ESCAPE ->
          any(
              List.of(
                  "\"\\u001F\"",
                  "\"\\u000a\"",
                  "\"\\u0022\"",
                  "\"\\u005C\"",
                  "\"\\ud83D\\ude00\""));
      case NUMBER_SPELLING -> spelling();
      case NAMES_SWAPPED -> swapped();
      case NAMES_BY_UTF8 ->
          "{\"" + three(0xe000 + random.nextInt(0x2000)) + "\":1,\"" + emoji() + "\":2}";
      case DUPLICATE -> duplicate();
      case LONE_SURROGATE -> loneSurrogate();
      case INFINITE -> any(List.of("1e309", "-1.8e308", "1" + "0".repeat(309), "1e+99999"));
      case AMBIGUOUS -> ambiguous();
      case UNDERFLOW ->
          any(List.of("1e-324", "-2.4e-324", "0." + "0".repeat(400) + "1", "1e-99999"));
      case DEEP -> "[".repeat(64) + "]".repeat(64);
    };
  }

  private static final List<String> BROKEN =
      List.of(
          "",
          "+1",
          "01",
          "-",
          "1.",
          ".5",
          "1e",
          "1e+",
          "tru",
          "nulL",
          "NaN",
          "Infinity",
          "'a'",
          "\"\\x\"",
          "\"\\u12g4\"",
          "\"\\",
          "[1,]",
          "[,1]",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{1:1}",
          "[1}",
          "{\"a\":1]",
          "truefalse",
          "\"a\"\"b\"",
          "/**/1",
          "\u007f",
          "\0",
          "]",
          "}");

  private String overlong() {
    int length = 2 + random.nextInt(3);
    return switch (length) {
      case 2 -> latin1(0xc0 | random.nextInt(2), 0x80 | random.nextInt(64));
      case 3 -> three(random.nextInt(0x800));
      default -> four(random.nextInt(0x10000));
    };
  }

  private static String three(int value) {
    return latin1(0xe0 | value >> 12, 0x80 | (value >> 6 & 0x3f), 0x80 | (value & 0x3f));
  }

  private static String four(int value) {
    return latin1(
        0xf0 | value >> 18,
        0x80 | (value >> 12 & 0x3f),
        0x80 | (value >> 6 & 0x3f),
        0x80 | (value & 0x3f));
  }

  private static String latin1(int... bytes) {
    return new String(bytes, 0, bytes.length);
  }

  private static String latin1(byte[] bytes, int cut) {
    return new String(bytes, 0, bytes.length - cut, ISO_8859_1);
  }

  private String emoji() {
    return four(0x1f600 + random.nextInt(64));
  }

  private String whiteSpace() {
    var space = any(List.of(" ", "\t", "\n", "\r", "  "));
    return any(List.of(
            "%s1", "\"a\"%s", "[%s]", "[1,%s2]", "[1%s,2]", "{%s}", "{\"a\"%s:1}", "{\"a\":1%s}"))
        .formatted(space);
  }

  /// Another spelling of a number that has a place.
  private String spelling() {
    var exact = new BigDecimal(maker.number()).round(new MathContext(19));
    var canonical = ReferenceNumbers.format(exact.doubleValue());
    var spellings = new ArrayList<>(List.of(canonical + "e0", canonical + "E+00"));
    if (!canonical.contains("e")) {
      spellings.add(canonical.contains(".") ? canonical + "0" : canonical + ".0");
    } else {
      spellings.remove(0);
      spellings.remove(0);
      spellings.add(canonical.replace("e", "E"));
      spellings.add(canonical.replace("e", "0e").replaceFirst("^(-?\\d)0e", "$1.0e"));
    }
    spellings.add(any(List.of("-0", "-0.0", "0e5", "0.00", "-0e-99999")));
    return any(spellings);
  }

  private String swapped() {
    var names = List.of(maker.name(), maker.name()).stream().sorted().toList();
    if (names.get(0).equals(names.get(1))) {
      return swapped();
    }
    return member(names.get(1), "{", ":1") + member(names.get(0), ",", ":2}");
  }

  private String duplicate() {
    var name = maker.name();
    return member(name, "{", ":1") + member(name, ",", ":1}");
  }

  private static String member(String name, String before, String after) {
    return latin1((before + Json.quoted(name) + after).getBytes(UTF_8), 0);
  }

  private String loneSurrogate() {
    int high = 0xd800 + random.nextInt(0x400);
    int low = 0xdc00 + random.nextInt(0x400);
    return any(List.of(
            "\"\\u%1$04x\"",
            "\"\\u%2$04x\"",
            "\"\\u%2$04x\\u%1$04x\"",
            "\"\\u%1$04X!\"",
            "\"\\u%1$04x\\n\"",
            "\"\\u%1$04x\\u%1$04x\"",
            "{\"\\u%2$04x\":1}",
            "{\"\\u%1$04x\":1}"))
        .formatted(high, low);
  }

  private String ambiguous() {
    long whole = (1L << 53) + (random.nextLong() >>> (11 + random.nextInt(40)));
    return any(List.of("%d", "-%d", "%d.0", "%de0", "%d.5", "%de3")).formatted(whole);
  }

  /// A few bytes changed at random.
  byte[] shaken(byte[] bytes) {
    var shaken = new ArrayList<Byte>();
    for (byte b : bytes) {
      shaken.add(b);
    }
    for (int i = random.nextInt(3); i >= 0 && !shaken.isEmpty(); i--) {
      int at = random.nextInt(shaken.size());
      byte b =
          random.nextBoolean()
              ? TELLING[random.nextInt(TELLING.length)]
              : (byte) random.nextInt(256);
      switch (random.nextInt(5)) {
        case 0 -> shaken.set(at, b);
        case 1 -> shaken.add(at, b);
        case 2 -> shaken.remove(at);
        case 3 -> Collections.swap(shaken, at, random.nextInt(shaken.size()));
        default -> {
          int to = Math.min(shaken.size(), at + random.nextInt(20));
          shaken.addAll(random.nextInt(shaken.size()), List.copyOf(shaken.subList(at, to)));
        }
      }
    }
    var result = new byte[shaken.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = shaken.get(i);
    }
    return result;
  }

  private static final byte[] TELLING =
      "\"\\{}[],:-+.eEu0129abfz \n\0\u007f\u0080\u00bf\u00c0\u00e0\u00ed\u00f0\u00f4\u00ff"
          .getBytes(ISO_8859_1);
}
