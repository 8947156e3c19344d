package io.sennit.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Brings an application's JSON into the form of RFC 8785.
final class Canonical {
  /// What an application may hand in, white space included.
  private static final int INPUT_SIZE_BYTES_MAX = 1024 * 1024;

  /// Ours are the limits; the parser's own must never be met first.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(INPUT_SIZE_BYTES_MAX)
                  .maxNumberLength(INPUT_SIZE_BYTES_MAX)
                  .maxStringLength(INPUT_SIZE_BYTES_MAX)
                  .maxNestingDepth(INPUT_SIZE_BYTES_MAX)
                  .build())
          .build();

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Canonical() {}

  /// The members of a JSON object: each name with its value in canonical form. Java orders strings
  /// by UTF-16 code units, as RFC 8785 does.
  static NavigableMap<String, byte[]> members(byte[] json) throws Fault {
    if (json.length > INPUT_SIZE_BYTES_MAX) {
      throw new Fault(Reason.TOO_LARGE, json.length + " bytes");
    }
    var text = decode(json);
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Fault(
            parser.currentToken() == null ? Reason.NOT_JSON : Reason.NOT_AN_OBJECT,
            "an event is one JSON object");
      }
      var members = object(parser, 1);
      if (parser.nextToken() != null) {
        throw new Fault(Reason.NOT_JSON, "more follows the object; one event is one object");
      }
      return members;
    } catch (JacksonException e) {
      throw new Fault(Reason.NOT_JSON, "not JSON: " + e.getOriginalMessage());
    }
  }

  private static String decode(byte[] json) throws Fault {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(json))
              .toString();
      if (text.startsWith("\ufeff")) {
        throw new Fault(Reason.NOT_UTF8, "the text begins with a byte order mark: leave it out");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new Fault(Reason.NOT_UTF8, "the bytes are no UTF-8");
    }
  }

  private static NavigableMap<String, byte[]> object(JsonParser parser, int depth) throws Fault {
    if (depth > Limits.DEPTH_MAX) {
      throw new Fault(Reason.TOO_DEEP, "nesting over " + Limits.DEPTH_MAX);
    }
    var members = new TreeMap<String, byte[]>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      if (name == null) {
        throw new Fault(Reason.NOT_JSON, "the object ends too early");
      }
      requireWholeSurrogates(name);
      parser.nextToken();
      var out = new ByteArrayOutputStream();
      value(parser, depth, out);
      if (members.put(name, out.toByteArray()) != null) {
        throw new Fault(Reason.DUPLICATE_NAME, "the name " + name + " stands twice in one object");
      }
    }
    return members;
  }

  private static void value(JsonParser parser, int depth, ByteArrayOutputStream out) throws Fault {
    var token = parser.currentToken();
    if (token == null) {
      throw new Fault(Reason.NOT_JSON, "the text ends too early");
    }
    switch (token) {
      case START_OBJECT -> write(object(parser, depth + 1), out);
      case START_ARRAY -> array(parser, depth + 1, out);
      case VALUE_STRING -> {
        var text = parser.getString();
        requireWholeSurrogates(text);
        write(text, out);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        var spelled = parser.getString();
        double number = Double.parseDouble(spelled);
        var rejection = Numbers.fault(spelled, number);
        if (rejection.isPresent()) {
          throw new Fault(rejection.get().reason(), rejection.get().detail());
        }
        out.writeBytes(Numbers.format(number).getBytes(StandardCharsets.US_ASCII));
      }
      case VALUE_TRUE -> out.writeBytes("true".getBytes(StandardCharsets.US_ASCII));
      case VALUE_FALSE -> out.writeBytes("false".getBytes(StandardCharsets.US_ASCII));
      case VALUE_NULL -> out.writeBytes("null".getBytes(StandardCharsets.US_ASCII));
      case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new Fault(Reason.NOT_JSON, "a value is missing");
    }
  }

  private static void array(JsonParser parser, int depth, ByteArrayOutputStream out) throws Fault {
    if (depth > Limits.DEPTH_MAX) {
      throw new Fault(Reason.TOO_DEEP, "nesting over " + Limits.DEPTH_MAX);
    }
    out.write('[');
    boolean first = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!first) {
        out.write(',');
      }
      first = false;
      value(parser, depth, out);
    }
    out.write(']');
  }

  /// Writes an object whose members are in canonical form.
  static void write(Map<String, byte[]> members, ByteArrayOutputStream out) {
    out.write('{');
    boolean first = true;
    for (var member : members.entrySet()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      write(member.getKey(), out);
      out.write(':');
      out.writeBytes(member.getValue());
    }
    out.write('}');
  }

  /// Writes a string with the escapes of RFC 8785 and no others.
  static void write(String text, ByteArrayOutputStream out) {
    out.write('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        continue;
      }
      out.writeBytes(text.substring(plain, i).getBytes(StandardCharsets.UTF_8));
      plain = i + 1;
      int letter = "\b\t\n\f\r\"\\".indexOf(c);
      out.write('\\');
      if (letter >= 0) {
        out.write("btnfr\"\\".charAt(letter));
      } else {
        out.write('u');
        out.write('0');
        out.write('0');
        out.write(HEX[c >> 4]);
        out.write(HEX[c & 15]);
      }
    }
    out.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
    out.write('"');
  }

  /// The text that a JSON string spells; the bytes as they are when they spell none.
  static String text(byte[] json) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return parser.nextToken() == JsonToken.VALUE_STRING
          ? parser.getString()
          : new String(json, StandardCharsets.UTF_8);
    }
  }

  private static void requireWholeSurrogates(String text) throws Fault {
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at); // half of a pair comes back as it is
      if (character <= Character.MAX_VALUE && Character.isSurrogate((char) character)) {
        throw new Fault(Reason.LONE_SURROGATE, "half of a surrogate pair");
      }
      at += Character.charCount(character);
    }
  }
}
