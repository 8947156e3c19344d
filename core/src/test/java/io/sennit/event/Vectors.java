package io.sennit.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The golden vectors beside the tests: JSON Lines, described in their `README.md`.
final class Vectors {
  private static final JsonFactory JSON = new JsonFactory();

  private Vectors() {}

  /// One line.
  record Vector(Map<String, Object> members) {
    String name() {
      return text("name");
    }

    boolean has(String member) {
      return members.get(member) != null;
    }

    Object get(String member) {
      var value = members.get(member);
      if (value == null) {
        throw new IllegalStateException("no " + member + " in " + members.get("name"));
      }
      return value;
    }

    String text(String member) {
      return (String) get(member);
    }

    byte[] hex(String member) {
      return HexFormat.of().parseHex(text(member));
    }

    byte[] utf8(String member) {
      return text(member).getBytes(StandardCharsets.UTF_8);
    }

    /// The bytes given as text, or as hexadecimal where they are none.
    byte[] bytes(String member) {
      return has(member) ? utf8(member) : hex(member + "Hex");
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static List<Vector> of(String file) {
    try (var lines = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      if (lines == null) {
        throw new IllegalStateException("no vectors " + file);
      }
      return read(lines);
    } catch (IOException e) {
      throw new IllegalStateException("vectors " + file, e);
    }
  }

  private static List<Vector> read(InputStream lines) throws IOException {
    var text = new String(lines.readAllBytes(), StandardCharsets.UTF_8);
    var vectors = new ArrayList<Vector>();
    for (var line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        vectors.add(parse(line));
      }
    }
    return vectors;
  }

  private static Vector parse(String line) {
    var members = new LinkedHashMap<String, Object>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        switch (parser.nextToken()) {
          case VALUE_STRING -> members.put(name, parser.getString());
          case VALUE_NUMBER_INT -> members.put(name, parser.getLongValue());
          case VALUE_TRUE -> members.put(name, true);
          case VALUE_FALSE -> members.put(name, false);
          case VALUE_NULL -> {}
          case START_ARRAY -> {
            var strings = new ArrayList<String>();
            for (var s = parser.nextStringValue(); s != null; s = parser.nextStringValue()) {
              strings.add(s);
            }
            members.put(name, strings);
          }
          default -> throw new IllegalStateException("no vector: " + line);
        }
      }
    }
    return new Vector(members);
  }
}
