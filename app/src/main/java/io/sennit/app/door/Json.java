package io.sennit.app.door;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes the small JSON objects of commands and the HTTP API. Events are not parsed with
/// it: their text is passed on as it is.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// JSON text that stands for itself inside an object, an event for example.
  public record Raw(String text) {}

  private Json() {}

  /// The text of an object; values are strings, numbers, truth values, lists, maps and [Raw].
  public static String text(Map<String, ?> object) {
    return one(object);
  }

  /// The text of an object over several lines, indented by two spaces.
  public static String pretty(Map<String, ?> object) {
    var text = new StringBuilder();
    pretty(text, object, "\n");
    return text.toString();
  }

  private static void pretty(StringBuilder text, Object value, String line) {
    var inner = line + "  ";
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        var before = "{";
        for (var member : map.entrySet()) {
          text.append(before).append(inner);
          text.append(one(String.valueOf(member.getKey()))).append(": ");
          pretty(text, Objects.requireNonNull(member.getValue()), inner);
          before = ",";
        }
        text.append(line).append('}');
      }
      case List<?> list when !list.isEmpty() -> {
        var before = "[";
        for (var item : list) {
          text.append(before).append(inner);
          pretty(text, Objects.requireNonNull(item), inner);
          before = ",";
        }
        text.append(line).append(']');
      }
      default -> text.append(one(value));
    }
  }

  /// The text of any value on one line.
  private static String one(Object value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(out, value);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case Raw(var text) -> out.writeRawValue(new SerializedString(text));
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((name, member) -> {
          out.writeName(String.valueOf(name));
          write(out, member);
        });
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(item -> write(out, item));
        out.writeEndArray();
      }
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Double number -> out.writeNumber(Math.round(number * 1000) / 1000.0);
      case Boolean truth -> out.writeBoolean(truth);
      default -> out.writeString(value.toString());
    }
  }

  /// The members of an object: strings, longs, booleans, lists and maps.
  ///
  /// @throws tools.jackson.core.JacksonException when the text is no JSON
  public static Map<String, Object> read(String text) {
    try (var in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      return object(in);
    }
  }

  private static Map<String, Object> object(JsonParser in) {
    var members = new LinkedHashMap<String, Object>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = in.currentName();
      in.nextToken();
      members.put(name, value(in));
    }
    return members;
  }

  private static Object value(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> {
        var items = new ArrayList<Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(in));
        }
        yield items;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> new Raw("null");
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> new Raw(in.getString());
      default -> in.getString();
    };
  }

  /// A member that should be a string; empty when it is not there.
  public static String string(Map<String, Object> object, String name) {
    var value = object.get(name);
    return value == null ? "" : value.toString();
  }

  /// A member that should be a number; 0 when it is not there.
  public static long number(Map<String, Object> object, String name) {
    return object.get(name) instanceof Long number ? number : 0;
  }

  /// The strings of a member that should be a list of them.
  public static List<String> strings(Map<String, Object> object, String name) {
    return object.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// The objects of a member that should be a list of them.
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
    return object.get(name) instanceof List<?> list
        ? list.stream()
            .filter(Map.class::isInstance)
            .map(item -> (Map<String, Object>) item)
            .toList()
        : List.of();
  }
}
